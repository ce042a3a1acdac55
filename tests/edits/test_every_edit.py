"""Every edit has an example here, which is run, undone, redone, and undone after the project was opened again."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import any_cases
import pytest

from coder_app import edits
from coder_app.domain.annotation import ImportedCoding
from coder_app.domain.codebook import Codebook, CodebookEntry, CodeSet, Example
from coder_app.domain.coderbook import Coderbook, Edition, codes_of, with_edition
from coder_app.domain.disagreement import Agreed, Difference, Disagreement, Mark, Note, Outcome, Verdict
from coder_app.domain.extents import Extent
from coder_app.domain.imported import ImportedText
from coder_app.edits import (
    adjudication,
    align,
    annotations,
    autocode,
    codebook,
    coders,
    codes,
    codings,
    memos,
    overview,
    restore,
    rounds,
    saved_queries,
    settings,
    sources,
    stop_words,
    subscription,
    texts,
)
from coder_app.queries.history import history
from coder_app.queries.memos import memos_on
from coder_app.queries.search import places
from coder_app.store import many, uses
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify

NO_EDITS = {
    "check_range": "it only looks",
    "planned": "it only plans",
    "planned_by_dictionary": "it only plans",
    "step_label": "it only names",
    "confirm_codings": "it changes no value, only what is known of it: queries/test_drift.py",
    "keep": "it needs two copies: test_conflicts.py",
    "settle": "it needs two copies: test_conflicts.py",
    "settle_all": "it needs two copies: test_conflicts.py",
    "drop": "it needs two copies: test_conflicts.py",
}


def new_text(name: str, text: str) -> ImportedText:
    return ImportedText(name, "text", text, text.encode(), "text", "1", "utf-8")


NEW_BOOK = Codebook(
    "Other",
    (
        CodebookEntry(
            "0191b1f0-0000-7000-8000-000000000001",
            "Place",
            definition="Where",
            examples=(Example("in the yard"),),
            children=(CodebookEntry("0191b1f0-0000-7000-8000-000000000002", "Home"),),
        ),
        CodebookEntry("0191b1f0-0000-7000-8000-000000000003", "Trust", definition="Fills what is missing"),
    ),
    (CodeSet("0191b1f0-0000-7000-8000-000000000004", "Places", "", ("0191b1f0-0000-7000-8000-000000000001",)),),
)


def shared() -> Coderbook:
    """Return a shared codebook with one version, which holds NEW_BOOK."""
    book = Coderbook("0191b1f0-0000-7000-8000-0000000000ff", "Shared", ())
    return with_edition(book, Edition(0, "2026-03-01T09:00:00.000Z", ("Ann",), "", codes_of(NEW_BOOK)))


def in_doubt(scene: Any) -> str:
    """Correct a text in the middle of a passage, and return its segment."""
    texts.correct_text(scene.project, scene.first, "We trusted him. 🙂 Then the clan came.")
    return scene.segment_of(scene.coding)


def brought_back(scene: Any) -> object:
    """Remove a coding and rename its code, then bring the coding back from a copy that was made before."""
    with Project.open(scene.project.path, write=False) as unchanged:
        then = unchanged.snapshot()
    with then:
        codings.remove_codings(scene.project, [scene.coding])
        codes.rename_code(scene.project, scene.trust, "Faith")
        return restore.bring_back(scene.project, then, [("coding", scene.coding)])


def removed(scene: Any) -> list[tuple[str, str]]:
    """Rename a code and remove one of its codings, and return the coding that is gone."""
    codes.rename_code(scene.project, scene.trust, "Faith")
    codings.remove_codings(scene.project, [scene.coding])
    return [("coding", scene.coding)]


def worded(scene: Any) -> str:
    """Describe a code twice and return the step that did it first."""
    codes.describe_code(scene.project, scene.trust, {"definition": "First"})
    first = scene.project.rows("SELECT change_set_id FROM row_change ORDER BY seq DESC LIMIT 1")[0][0]
    codes.describe_code(scene.project, scene.trust, {"definition": "Second"})
    return first


def opened(scene: Any) -> tuple[str, list[str], list[str]]:
    """Open a round in which two coders code both sources."""
    people, both = [scene.me, scene.other_coder], [scene.first, scene.second]
    round_id = rounds.open_round(scene.project)
    rounds.assign(scene.project, round_id, both, people)
    return round_id, both, people


def closed(scene: Any) -> str:
    round_id = rounds.open_round(scene.project)
    rounds.close_round(scene.project, round_id)
    return round_id


def differing(scene: Any) -> Disagreement:
    """Return where one coder said trust and the other distrust."""
    marks = (
        Mark(scene.me, scene.trust, 0, 16, (scene.coding,)),
        Mark(scene.other_coder, scene.distrust, 3, 20, (scene.overlapping,)),
    )
    return Disagreement(Difference.CODE, scene.first, 0, 20, marks, (scene.me, scene.other_coder), 0.65)


def asked(scene: Any, name: str = "Asked") -> str:
    """Save a query and return its id."""
    return saved_queries.save_query(scene.project, name, "Trust+ WITHIN Family")


# The scene is the small project of conftest.py.
EXAMPLES: dict[str, Callable[[Any], object]] = {
    **any_cases.EXAMPLES,
    "adjudication.adjudicate": lambda s: adjudication.adjudicate(
        s.project,
        differing(s),
        Verdict(Outcome.ALL, reason="Both are", note=Note(s.trust, "use_when", "among strangers")),
    ),
    "adjudication.withdraw": lambda s: adjudication.withdraw(
        s.project, [adjudication.adjudicate(s.project, differing(s), Verdict(Outcome.ONE, s.me))]
    ),
    "adjudication.take_agreed": lambda s: adjudication.take_agreed(
        s.project, [Agreed(s.first, s.trust, 3, 16, (s.coding, s.overlapping))]
    ),
    "adjudication.add_note": lambda s: adjudication.add_note(s.project, Note(s.trust, "memo", "not among kin")),
    "rounds.open_round": lambda s: rounds.open_round(s.project, "Pilot"),
    "rounds.rename_round": lambda s: rounds.rename_round(s.project, rounds.open_round(s.project), "Pilot"),
    "rounds.set_blind": lambda s: rounds.set_blind(s.project, rounds.open_round(s.project), is_blind=False),
    "rounds.close_round": closed,
    "rounds.reopen_round": lambda s: rounds.reopen_round(s.project, closed(s)),
    "rounds.assign": opened,
    "rounds.take_back": lambda s: rounds.take_back(s.project, *opened(s)),
    "rounds.mark_done": lambda s: rounds.mark_done(s.project, *opened(s)),
    "annotations.import_codings": lambda s: annotations.import_codings(
        s.project,
        [
            ImportedCoding(2, "One.txt", 3, 10, "Trust > Distrust", "Coder C", "brought along"),
            ImportedCoding(3, "Two.txt", 0, 6, "New > Newer", "Coder A"),
        ],
        "set.csv",
        create_codes=True,
    ),
    "align.align": lambda s: (
        codes.describe_code(s.project, codes.add_code(s.project, "Trust"), {"definition": "Believing others"}),
        align.align(s.project),
    ),
    "autocode.autocode": lambda s: autocode.autocode(
        s.project, autocode.planned(s.project, places(s.project, "nobody"), s.family, Extent.PARAGRAPH)
    ),
    "codebook.import_codebook": lambda s: codebook.import_codebook(s.project, NEW_BOOK),
    "coders.add_coder": lambda s: coders.add_coder(s.project, "Coder C"),
    "coders.rename_coder": lambda s: coders.rename_coder(s.project, s.other_coder, "Bakyt"),
    "codes.add_code": lambda s: codes.add_code(s.project, "Fear", s.trust),
    "codes.add_code_path": lambda s: codes.add_code_path(s.project, "Trust > In people > In family"),
    "codes.rename_code": lambda s: codes.rename_code(s.project, s.trust, "Faith"),
    "codes.recolour_code": lambda s: codes.recolour_code(s.project, s.trust, "#ABCDEF"),
    "codes.describe_code": lambda s: codes.describe_code(s.project, s.trust, {"definition": "x", "not_when": "y"}),
    "codes.set_codable": lambda s: codes.set_codable(s.project, s.trust, is_codable=False),
    "codes.move_codes": lambda s: codes.move_codes(s.project, [s.family, s.entry], s.trust, s.distrust),
    "codes.merge_codes": lambda s: codes.merge_codes(s.project, s.family, [s.trust, s.entry]),
    "codes.delete_codes": lambda s: codes.delete_codes(s.project, [s.trust, s.distrust, s.entry]),
    "codes.add_example": lambda s: codes.add_example(s.project, s.family, s.quotation),
    "codes.remove_example": lambda s: codes.remove_example(s.project, s.example),
    "codings.apply_codes": lambda s: codings.apply_codes(s.project, s.first, 4, 9, [s.trust, s.family]),
    "codings.apply_code": lambda s: codings.apply_code(s.project, s.first, 0, 16, s.family),
    "codings.remove_codings": lambda s: codings.remove_codings(s.project, [s.coding, s.both[0]]),
    "codings.recode": lambda s: codings.recode(s.project, [s.coding, *s.both], s.family),
    "codings.move_segment": lambda s: codings.move_segment(s.project, s.segment_of(s.coding), 1, 18),
    "codings.quote": lambda s: codings.quote(s.project, s.first, 20, 24),
    "codings.remove_quotation": lambda s: codings.remove_quotation(s.project, s.quotation),
    "memos.write_memo": lambda s: memos.write_memo(s.project, "code", s.trust, "A thought"),
    "memos.edit_memo": lambda s: memos.edit_memo(s.project, memos_on(s.project, "source", s.first)[0], "Another"),
    "memos.remove_memos": lambda s: memos.remove_memos(s.project, [memos_on(s.project, "source", s.first)[0].id]),
    "overview.rename_project": lambda s: overview.rename_project(s.project, "Field notes"),
    "stop_words.set_stop_words": lambda s: stop_words.set_stop_words(s.project, ["quote", "unquote"]),
    "restore.restore": lambda s: restore.restore(s.project, *removed(s)[0]),
    "restore.restore_all": lambda s: restore.restore_all(s.project, removed(s)),
    "restore.restore_wording": lambda s: restore.restore_wording(s.project, "code", s.trust, worded(s)),
    "restore.bring_back": brought_back,
    "saved_queries.save_query": lambda s: saved_queries.save_query(s.project, "Q", "Trust AND NOT Family", "Why"),
    "saved_queries.change_query": lambda s: saved_queries.change_query(s.project, asked(s), "Family OR Trust"),
    "saved_queries.rename_query": lambda s: saved_queries.rename_query(s.project, asked(s), "Other"),
    "saved_queries.describe_query": lambda s: saved_queries.describe_query(s.project, asked(s), "In other words"),
    "saved_queries.delete_queries": lambda s: saved_queries.delete_queries(
        s.project, [asked(s, "Other"), asked(s)][:1]
    ),
    "settings.pin_code": lambda s: settings.pin_code(s.project, 1, s.family),
    "settings.set_code_key": lambda s: settings.set_code_key(s.project, s.family, "Ctrl+Alt+F"),
    "sources.import_sources": lambda s: sources.import_sources(s.project, [new_text("Three.txt", "New.")], ["Field"]),
    "sources.rename_source": lambda s: sources.rename_source(s.project, s.first, "Interview 1"),
    "sources.move_sources": lambda s: sources.move_sources(s.project, [s.first], "Field/2024", s.second),
    "sources.rename_folder": lambda s: sources.rename_folder(s.project, "Field", "Bishkek"),
    "sources.remove_sources": lambda s: sources.remove_sources(s.project, [s.first, s.second]),
    "sources.read_again": lambda s: sources.read_again(
        s.project, sources.import_sources(s.project, [new_text("Odd.txt", "Ð±")])[0], new_text("Odd.txt", "б")
    ),
    "subscription.subscribe": lambda s: subscription.subscribe(s.project, shared(), Path("shared.coderbook")),
    "subscription.unsubscribe": lambda s: (
        subscription.subscribe(s.project, shared(), Path("shared.coderbook")),
        codes.rename_code(s.project, s.trust, "Faith"),
        subscription.unsubscribe(s.project),
    ),
    "subscription.note_published": lambda s: subscription.note_published(s.project, shared(), Path("shared.coderbook")),
    "subscription.take_version": lambda s: (
        subscription.subscribe(s.project, shared(), Path("shared.coderbook")),
        subscription.take_version(
            s.project, shared(), [one.id for one in NEW_BOOK.roots], [NEW_BOOK.roots[0].children[0].id]
        ),
    ),
    "texts.correct_text": lambda s: texts.correct_text(
        s.project, s.first, "Yes. We trusted them. Then the clans came."
    ),
    "texts.replace_text_from_file": lambda s: texts.replace_text_from_file(
        s.project, s.first, new_text("One, corrected.txt", "Heading\nWe trusted him. 🙂 Then the clan came.")
    ),
    "texts.settle_segment": lambda s: texts.settle_segment(s.project, in_doubt(s), 0, 14),
    "texts.accept_guess": lambda s: texts.accept_guess(s.project, [in_doubt(s), s.quotation]),
}
STEPS = {
    **any_cases.STEPS,
    "adjudication.withdraw": 2,
    "rounds.rename_round": 2,
    "rounds.set_blind": 2,
    "rounds.close_round": 2,
    "rounds.reopen_round": 3,
    "rounds.assign": 2,
    "rounds.take_back": 3,
    "rounds.mark_done": 3,
    "subscription.unsubscribe": 3,
    "subscription.take_version": 2,
    "restore.restore": 3,
    "restore.restore_all": 3,
    "restore.restore_wording": 3,
    "restore.bring_back": 3,
    **dict.fromkeys(("saved_queries.change_query", "saved_queries.rename_query"), 2),
    "saved_queries.describe_query": 2,
    "saved_queries.delete_queries": 3,
    "sources.read_again": 2,
    "texts.settle_segment": 2,
    "texts.accept_guess": 2,
    "align.align": 3,
}


def edits_of_the_app() -> Iterator[str]:
    """Public functions that take a project and write; parts of a step say so in their first line."""
    for module_info in pkgutil.iter_modules(edits.__path__):
        module = importlib.import_module(f"coder_app.edits.{module_info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or name.startswith("_") or name in NO_EDITS:
                continue
            takes_a_project = next(iter(inspect.signature(function).parameters), "") == "project"
            if takes_a_project and "within a step" not in (function.__doc__ or ""):
                yield f"{module_info.name}.{name}"


def test_every_edit_has_an_example():
    assert set(edits_of_the_app()) == set(EXAMPLES)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
@pytest.mark.parametrize("pack_from", [many.PACK_FROM, 1], ids=["row by row", "as batches"])
def test_an_edit_can_be_undone_and_redone_also_after_opening_again(pack_from, name, scene, monkeypatch):
    monkeypatch.setattr(many, "PACK_FROM", pack_from)
    monkeypatch.setattr(uses, "_ADDED_AT_MOST", 0 if pack_from == 1 else 300_000)
    project = scene.project
    steps = STEPS.get(name, 1)
    before, length = dump(project.db), len(history(project))

    EXAMPLES[name](scene)

    after = dump(project.db)
    assert after != before
    assert len(history(project)) == length + steps, "one edit is one step"
    assert verify(project.db) == []
    for _ in range(steps):
        project.undo()
    assert dump(project.db) == before
    assert verify(project.db) == []
    for _ in range(steps):
        project.redo()
    assert dump(project.db) == after

    project.close()
    with Project.open(project.path) as again:
        assert dump(again.db) == after
        for _ in range(steps):
            again.undo()
        assert dump(again.db) == before
        assert verify(again.db) == []


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_edit_in_a_project_for_reading_is_refused(name, scene):
    scene.project.close()
    with Project.open(scene.project.path, write=False) as reader:
        scene.project = reader
        before = dump(reader.db)
        with pytest.raises(Exception, match="reading only"):
            EXAMPLES[name](scene)
        assert dump(reader.db) == before


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_edit_inside_a_step_that_fails_leaves_no_trace(name, scene):
    project = scene.project
    before, length = dump(project.db), len(history(project))

    with pytest.raises(ZeroDivisionError), project.edit("A longer step"):
        EXAMPLES[name](scene)
        _ = 1 / 0

    assert dump(project.db) == before
    assert len(history(project)) == length
    assert verify(project.db) == []


@pytest.mark.parametrize(
    "name", sorted(set(EXAMPLES) - {"align.align", "sources.import_sources", "sources.read_again"})
)
def test_the_label_of_an_edit_is_what_undo_names(name, scene):
    EXAMPLES[name](scene)
    label = history(scene.project)[-1].label

    assert label
    assert scene.project.undo_label() == label
    assert scene.project.undo() == label
    assert scene.project.redo_label() == label


def test_two_edits_can_be_taken_back_in_any_order_where_they_do_not_touch(scene):
    project = scene.project
    for name in ("codes.rename_code", "codes.recolour_code"):
        EXAMPLES[name](scene)
    renamed, recoloured = (step.id for step in history(project)[-2:])

    project.revert(renamed)

    assert project.rows("SELECT name, colour FROM code WHERE id = ?", (scene.trust,)) == [("Trust", "#abcdef")]
    project.revert(recoloured)
    assert verify(project.db) == []
