"""Any edit, done at random to whatever a project holds: for the tests that try histories and merges."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import any_agreement
import any_cases
from hypothesis import strategies as st

from coder_app.domain.annotation import ImportedCoding
from coder_app.domain.codebook import Codebook, CodebookEntry, CodeSet, Example
from coder_app.domain.coderbook import Coderbook, Edition, codes_of, with_edition
from coder_app.domain.extents import Extent
from coder_app.domain.imported import ImportedText
from coder_app.domain.text import canonical
from coder_app.edits import (
    align,
    annotations,
    autocode,
    codebook,
    coders,
    codes,
    codings,
    drift,
    memos,
    overview,
    restore,
    saved_queries,
    sources,
    stop_words,
    subscription,
    texts,
)
from coder_app.edits import conflicts as deciding
from coder_app.edits import settings as pins
from coder_app.queries import history_deleted, sharing
from coder_app.queries.conflicts import DIFFERENT, Conflict, conflicts
from coder_app.queries.history import history
from coder_app.queries.memos import KINDS
from coder_app.queries.memos import memos as all_memos
from coder_app.queries.search import places
from coder_app.queries.sources import text_of
from coder_app.store.as_it_was import as_it_was
from coder_app.store.project import Project

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
TEXTS = ["Trust came late. 🙂🙂", "a", "Öğ – two\nlines", "Кыргыз тили, \u0301 and a mark"]


class Dice:
    """Picks from what the project holds, so that any sequence of edits finds something to do."""

    def __init__(self, data: st.DataObject, project: Project) -> None:
        self.data, self.project = data, project

    def number(self, most: int) -> int:
        return self.data.draw(st.integers(0, most))

    def words(self) -> str:
        return self.data.draw(WORDS)

    def ids(self, table: str) -> list[str]:
        return [row[0] for row in self.project.rows(f'SELECT id FROM "{table}" ORDER BY id')]

    def one(self, table: str) -> str:
        ids = self.ids(table)
        return ids[self.number(min(len(ids) - 1, 9))] if ids else "none"

    def maybe(self, table: str) -> str | None:
        return self.one(table) if self.ids(table) and self.number(2) else None

    def some(self, table: str) -> list[str]:
        return list(dict.fromkeys(self.one(table) for _ in range(1 + self.number(2)))) if self.ids(table) else []

    def passage(self) -> tuple[str, int, int]:
        return self.one("source"), (start := self.number(6)), start + self.number(7)

    def text(self) -> ImportedText:
        text = canonical(TEXTS[self.number(len(TEXTS) - 1)])
        return ImportedText(self.words(), "text", text, text.encode(), "text", "1", "utf-8")

    def book(self) -> Codebook:
        entries = [
            CodebookEntry(f"0191b1f0-0000-7000-8000-{n:012d}", self.words(), definition=self.words())
            for n in range(1 + self.number(2))
        ]
        root = CodebookEntry("0191b1f0-0000-7000-8000-00000000000f", "Root", examples=(Example("x"),))
        sets = (CodeSet("any", self.words(), "", (entries[0].id,)),)
        return Codebook("Book", (*entries[1:], root, entries[0]), sets)


def import_codings(p: Project, d: Dice) -> object:
    names = [row[0] for row in p.rows("SELECT id FROM source")] or ["none"]
    rows = [
        ImportedCoding(n, names[d.number(len(names) - 1)], 0, 1 + d.number(3), d.words(), "Coder C", "memo")
        for n in range(d.number(3))
    ]
    return annotations.import_codings(p, rows, "file.csv", create_codes=True)


def edit_memo(p: Project, d: Dice) -> object:
    found = all_memos(p)
    return found and memos.edit_memo(p, found[d.number(len(found) - 1)], d.words())


def correct_text(p: Project, d: Dice) -> object:
    source_id = d.one("source")
    text, at = text_of(p, source_id), d.number(8)
    return texts.correct_text(p, source_id, text[:at] + d.words() * d.number(1) + text[at + d.number(3) :])


def gone(p: Project, d: Dice) -> tuple[str, str]:
    found = [(one.table, row_id) for one in history_deleted.gone(p) for row_id in one.row_ids]
    return found[d.number(len(found) - 1)] if found else ("code", "none")


def bring_back(p: Project, d: Dice) -> object:
    steps = history(p)
    with as_it_was(p, steps[d.number(len(steps) - 1)].id) as then:
        table = ("code", "coding", "memo", "source")[d.number(3)]
        return restore.bring_back(
            p, then, [(table, one) for one in Dice(d.data, then).some(table)] or [("code", "none")]
        )


def restore_wording(p: Project, d: Dice) -> object:
    changed = p.rows("SELECT table_name, row_id, change_set_id FROM row_change WHERE table_name IN ('code', 'memo')")
    table, row_id, step_id = changed[d.number(len(changed) - 1)] if changed else ("code", "none", "none")
    return restore.restore_wording(p, table, row_id, step_id, before=bool(d.number(1)))


def of_conflicts(p: Project, d: Dice) -> Conflict | None:
    found = conflicts(p)
    return found[d.number(len(found) - 1)] if found else None


def settle(p: Project, d: Dice) -> object:
    one = of_conflicts(p, d)
    sides = [side.values for side in one.sides if side.values] if one and one.kind == DIFFERENT else []
    return one and sides and deciding.settle(p, one, sides[d.number(len(sides) - 1)])


def shared(p: Project, d: Dice) -> Coderbook:
    """Return a shared codebook of some codes of the project and some others, renamed, moved, retired."""
    book = Coderbook("0191b1f0-0000-7000-8000-0000000000ff", "Shared", ())
    then = codes_of(d.book()) | sharing.own_codes(p)
    now = {code_id: replace(code, name=d.words(), parent_id="") for code_id, code in codes_of(d.book()).items()}
    for n, codes_ in enumerate((then, now)[: 1 + d.number(1)]):
        book = with_edition(book, Edition(0, str(n), (), "", codes_))
    return book


def take_version(p: Project, d: Dice) -> object:
    book = shared(p, d)
    subscribed = sharing.subscription(p)
    if subscribed is None:
        return subscription.subscribe(p, book, Path("shared.coderbook"))
    ids = [one.id for one in sharing.offer(p, subscribed, book).open]
    return subscription.take_version(p, book, ids[: d.number(4)], ids[4 : 4 + d.number(2)])


def keep(p: Project, d: Dice) -> object:
    one = of_conflicts(p, d)
    return one and deciding.keep(p, [one])


def settle_all(p: Project, d: Dice) -> object:
    chosen = [
        (one, side.values)
        for one in conflicts(p)
        for side in [one.sides[d.number(len(one.sides) - 1)]]
        if one.kind == DIFFERENT and one.sides
        if side.values
    ]
    return chosen and deciding.settle_all(p, chosen)


def drop(p: Project, d: Dice) -> object:
    found = [one for one in conflicts(p) if one.kind in {"deleted", "revived"}]
    return found and deciding.drop(p, found[: 1 + d.number(1)])


def some_query(d: Dice) -> str:
    return f'{d.one("code")} AND NOT coder:"{d.one("coder")}"' if d.ids("code") else "* AND made:>2020"


def save_query(p: Project, d: Dice) -> object:
    return saved_queries.save_query(p, d.words(), some_query(d))


ACTIONS: dict[str, Callable[[Project, Dice], object]] = {
    **any_agreement.ACTIONS,
    **any_cases.ACTIONS,
    "annotations.import_codings": import_codings,
    "align.align": lambda p, _: align.align(p),
    "conflicts.keep": keep,
    "conflicts.settle": settle,
    "conflicts.settle_all": settle_all,
    "conflicts.drop": drop,
    "codebook.import_codebook": lambda p, d: codebook.import_codebook(p, d.book()),
    "coders.add_coder": lambda p, d: p.work_as(coders.add_coder(p, f"Coder {d.number(3)}")),
    "coders.rename_coder": lambda p, d: coders.rename_coder(p, d.one("coder"), d.words()),
    "codes.add_code": lambda p, d: codes.add_code(p, d.words(), d.maybe("code")),
    "codes.add_code_path": lambda p, d: codes.add_code_path(p, f"Root > {d.words()} > {d.number(2)}"),
    "codes.rename_code": lambda p, d: codes.rename_code(p, d.one("code"), d.words()),
    "codes.recolour_code": lambda p, d: codes.recolour_code(p, d.one("code"), f"#{d.number(3):06x}"),
    "codes.describe_code": lambda p, d: codes.describe_code(p, d.one("code"), {"use_when": d.words()}),
    "codes.set_codable": lambda p, d: codes.set_codable(p, d.one("code"), is_codable=bool(d.number(1))),
    "codes.move_codes": lambda p, d: codes.move_codes(p, d.some("code"), d.maybe("code"), d.maybe("code")),
    "codes.merge_codes": lambda p, d: codes.merge_codes(p, d.one("code"), d.some("code")),
    "codes.delete_codes": lambda p, d: codes.delete_codes(p, d.some("code")),
    "codes.add_example": lambda p, d: codes.add_example(p, d.one("code"), d.one("segment")),
    "codes.remove_example": lambda p, d: codes.remove_example(p, d.one("code_example")),
    "autocode.autocode": lambda p, d: autocode.autocode(
        p, autocode.planned(p, places(p, "tr* OR two"), d.one("code"), [*Extent][d.number(3)]), d.maybe("coder")
    ),
    "codings.apply_codes": lambda p, d: codings.apply_codes(p, *d.passage(), d.some("code"), d.maybe("coder")),
    "codings.apply_code": lambda p, d: codings.apply_code(p, *d.passage(), d.one("code")),
    "codings.remove_codings": lambda p, d: codings.remove_codings(p, d.some("coding")),
    "codings.recode": lambda p, d: codings.recode(p, d.some("coding"), d.one("code")),
    "codings.move_segment": lambda p, d: codings.move_segment(p, d.one("segment"), d.number(6), d.number(9)),
    "codings.quote": lambda p, d: codings.quote(p, *d.passage()),
    "codings.remove_quotation": lambda p, d: codings.remove_quotation(p, d.one("segment")),
    "drift.confirm_codings": lambda p, d: drift.confirm_codings(p, d.some("coding")),
    "memos.write_memo": lambda p, d: memos.write_memo(p, kind := KINDS[d.number(3)], d.one(kind), d.words()),
    "memos.edit_memo": edit_memo,
    "memos.remove_memos": lambda p, d: memos.remove_memos(p, d.some("memo")),
    "overview.rename_project": lambda p, d: overview.rename_project(p, d.words()),
    "restore.restore": lambda p, d: restore.restore(p, *gone(p, d)),
    "restore.restore_all": lambda p, d: restore.restore_all(p, list(dict.fromkeys((gone(p, d), gone(p, d))))),
    "restore.restore_wording": restore_wording,
    "restore.bring_back": bring_back,
    "stop_words.set_stop_words": lambda p, d: stop_words.set_stop_words(p, [d.words()]),
    "saved_queries.save_query": save_query,
    "saved_queries.change_query": lambda p, d: saved_queries.change_query(p, d.one("saved_query"), some_query(d)),
    "saved_queries.rename_query": lambda p, d: saved_queries.rename_query(p, d.one("saved_query"), d.words()),
    "saved_queries.describe_query": lambda p, d: saved_queries.describe_query(p, d.one("saved_query"), d.words()),
    "saved_queries.delete_queries": lambda p, d: saved_queries.delete_queries(p, d.some("saved_query")),
    "settings.pin_code": lambda p, d: pins.pin_code(p, 1 + d.number(2), d.maybe("code")),
    "settings.set_code_key": lambda p, d: pins.set_code_key(p, d.one("code"), ("", "H", "Ctrl+J")[d.number(2)]),
    "sources.import_sources": lambda p, d: sources.import_sources(p, [d.text(), d.text()][d.number(1) :]),
    "sources.rename_source": lambda p, d: sources.rename_source(p, d.one("source"), d.words()),
    "sources.move_sources": lambda p, d: sources.move_sources(p, d.some("source"), "A/B", d.maybe("source")),
    "sources.rename_folder": lambda p, d: sources.rename_folder(p, "A", d.words()),
    "sources.remove_sources": lambda p, d: sources.remove_sources(p, d.some("source")),
    "sources.read_again": lambda p, d: sources.read_again(p, d.one("source"), d.text()),
    "subscription.subscribe": lambda p, d: subscription.subscribe(p, shared(p, d), Path("shared.coderbook")),
    "subscription.unsubscribe": lambda p, _: subscription.unsubscribe(p),
    "subscription.note_published": lambda p, d: subscription.note_published(p, shared(p, d), Path("s.coderbook")),
    "subscription.take_version": take_version,
    "texts.correct_text": correct_text,
    "texts.replace_text_from_file": lambda p, d: texts.replace_text_from_file(p, d.one("source"), d.text()),
    "texts.settle_segment": lambda p, d: texts.settle_segment(p, d.one("segment"), d.number(6), d.number(9)),
    "texts.accept_guess": lambda p, d: texts.accept_guess(p, d.some("segment")),
}

# What an edit needs in order to have something to do.
ONLY_LOOK = {"check_range", "planned", "planned_by_dictionary", "step_label"}
NEEDS = {
    **any_agreement.NEEDS,
    **any_cases.NEEDS,
    "autocode": "code source",
    "rename_coder": "coder", "rename_code": "code", "recolour_code": "code", "describe_code": "code",
    "set_codable": "code", "move_codes": "code", "merge_codes": "code", "delete_codes": "code", "recode": "code",
    "add_example": "code segment", "remove_example": "code_example", "apply_codes": "code source",
    "apply_code": "code source", "remove_codings": "coding", "move_segment": "segment", "quote": "source",
    "remove_quotation": "segment", "remove_memos": "memo", "rename_source": "source", "move_sources": "source",
    "set_code_key": "code", "change_query": "saved_query", "rename_query": "saved_query",
    "describe_query": "saved_query", "delete_queries": "saved_query",
    "confirm_codings": "coding",
    "remove_sources": "source", "read_again": "source", "correct_text": "source", "replace_text_from_file": "source",
    "settle_segment": "segment", "accept_guess": "segment", "write_memo": "source segment coding code",
}  # fmt: skip
