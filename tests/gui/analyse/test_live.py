"""An open table follows every edit and always shows what a fresh count would."""

import random

import pytest

from coder_app.analysis.columns import columned
from coder_app.analysis.cooccurrence import cooccurrence
from coder_app.analysis.how import Mode, Unit
from coder_app.domain.imported import ImportedText
from coder_app.domain.text import paragraphs, sentences
from coder_app.edits.codes import add_code, delete_codes, merge_codes, move_codes, rename_code
from coder_app.edits.codings import apply_code, move_segment, recode, remove_codings
from coder_app.edits.sources import import_sources, read_again, remove_sources
from coder_app.edits.texts import correct_text
from coder_app.gui.analyse import panel as analyse_panel
from coder_app.gui.analyse.panel import AnalysePanel
from coder_app.queries.coders import coders
from coder_app.queries.codes import code_tree
from coder_app.queries.codings import coded_columns, codings_in
from coder_app.queries.sources import sources, text_of, texts
from coder_app.store.project import Project

SPLIT = {Unit.PARAGRAPH: paragraphs, Unit.SENTENCE: sentences}


class Hands:
    """Somebody who does all kinds of things to a project."""

    def __init__(self, project: Project, seed: int) -> None:
        self._project = project
        self._random = random.Random(seed)  # noqa: S311 (edits by chance, no secret)

    def edit(self) -> None:
        """Do one thing or, now and then, take one back."""
        deeds = (self._code, self._code, self._code, self._uncode, self._recode, self._move, self._undo, self._redo)
        rare = (self._add_code, self._delete_code, self._merge, self._nest, self._rename, self._add, self._remove)
        rare += (self._read_again, self._correct, self._correct)
        (self._random.choice(deeds if self._random.random() < 0.75 else rare))()

    def _correct(self) -> None:
        source_id = self._any_source()
        start, stop = self._span(source_id)
        text = text_of(self._project, source_id)
        correct_text(self._project, source_id, f"{text[:start]}corrected. {text[stop:]}")

    def _any_code(self) -> str:
        return self._random.choice([code.id for code in code_tree(self._project).walk()] or [self._add_code()])

    def _any_source(self) -> str:
        return self._random.choice([source.id for source in sources(self._project)] or [self._add()])

    def _any_coding(self):
        return self._random.choice(codings_in(self._project, self._any_source()) or [self._code()])

    def _span(self, source_id: str) -> tuple[int, int]:
        start = self._random.randrange(len(text_of(self._project, source_id)) - 20)
        return start, start + self._random.randint(1, 20)

    def _code(self):
        source_id = self._any_source()
        coder = self._random.choice(coders(self._project)).id
        apply_code(self._project, source_id, *self._span(source_id), self._any_code(), coder)
        return codings_in(self._project, source_id)[0]

    def _uncode(self) -> None:
        remove_codings(self._project, [self._any_coding().id])

    def _recode(self) -> None:
        recode(self._project, [self._any_coding().id], self._any_code())

    def _move(self) -> None:
        one = self._any_coding()
        move_segment(self._project, one.segment_id, *self._span(one.source_id))

    def _undo(self) -> None:
        if self._project.undo_label() is not None:
            self._project.undo()

    def _redo(self) -> None:
        if self._project.redo_label() is not None:
            self._project.redo()

    def _add_code(self) -> str:
        parents = [None, *(code.id for code in code_tree(self._project).walk())]
        return add_code(self._project, f"Code {self._random.random()}", self._random.choice(parents))

    def _delete_code(self) -> None:
        delete_codes(self._project, [self._any_code()])

    def _merge(self) -> None:
        code, into = self._any_code(), self._any_code()
        if into not in {code, *(below.id for below in code_tree(self._project).walk(code))}:
            merge_codes(self._project, into, [code])

    def _nest(self) -> None:
        code, under = self._any_code(), self._any_code()
        if under not in {code, *(below.id for below in code_tree(self._project).walk(code))}:
            move_codes(self._project, [code], under)

    def _rename(self) -> None:
        rename_code(self._project, self._any_code(), f"Name {self._random.random()}")

    def _add(self) -> str:
        name = f"{self._random.random()}.txt"
        return import_sources(self._project, [self._text(name)])[0]

    def _remove(self) -> None:
        if len(sources(self._project)) > 1:
            remove_sources(self._project, [self._any_source()])

    def _read_again(self) -> None:
        name = f"{self._random.random()}.txt"
        read_again(self._project, self._any_source(), self._text(name, before="A new first line. And more.\n"))

    def _text(self, name: str, before: str = "") -> ImportedText:
        words = f"{before}{name} one two. Three four five.\nSix seven eight nine ten. Eleven twelve.\n\nThirteen."
        return ImportedText(name, "text", words, words.encode(), "text", "1", "utf-8")


def fresh(panel: AnalysePanel, project: Project):
    """The table counted anew from the stored rows."""
    how = panel._answer.result.how
    split = SPLIT.get(how.unit)
    units = None if split is None else {source_id: split(words) for source_id, words in texts(project).items()}
    names = {coder.id: coder.name for coder in coders(project)}
    tree = code_tree(project)
    return cooccurrence(columned(coded_columns(project), tree).rows(), tree, how, units=units, names=names)


def numbers(result):
    return [
        (
            block.coders,
            block.codes,
            block.redundant,
            block.counts.total,
            block.by_unit.total,
            [block.own.get(code, 0) for code in block.codes],
            [[(block.n_ab(a, b), block.unit_ab(a, b)) for b in block.codes] for a in block.codes],
            [(block.n(code), block.by_unit.n.get(code)) for code in block.codes],
        )
        for block in result.blocks
    ]


CHOICES = [
    {},
    {"roll_up": True},
    {"mode": Mode.PAIRS, "coders": "merged"},
    {"mode": Mode.CHARACTERS, "roll_up": True, "coders": "merged", "unit": Unit.SENTENCE},
    {"mode": Mode.UNITS, "unit": Unit.DOCUMENT},
    {"mode": Mode.UNITS, "top": 3},
]


@pytest.mark.parametrize("choice", CHOICES, ids=str)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_table_shows_what_a_fresh_count_gives_after_every_edit(shown, small, choice, seed):
    panel = shown(small)
    panel.options._choose(**choice)
    hands = Hands(small, seed)
    for _ in range(25):
        hands.edit()
        panel.refresh()
        assert numbers(panel._answer.result) == numbers(fresh(panel, small))


def test_one_coding_reads_and_counts_one_document(shown, small, monkeypatch):
    panel = shown(small)
    other = import_sources(small, [Hands(small, 0)._text("Other.txt")])[0]
    panel.refresh()
    read: list[str] = []
    counted: list[int] = []
    rows, follow = analyse_panel.CodingsReader._rows, analyse_panel.followed
    monkeypatch.setattr(
        analyse_panel.CodingsReader, "_rows", lambda self, p, one, end: (read.append(one), rows(self, p, one, end))[1]
    )
    monkeypatch.setattr(analyse_panel, "followed", lambda *given: (counted.append(given[2]), follow(*given))[1])
    monkeypatch.setattr(analyse_panel, "answer", lambda _: pytest.fail("all was counted again"))
    apply_code(small, other, 0, 5, code_tree(small).find("Fear").id)
    panel.refresh()
    assert read == [other]
    assert len(counted) == 1
    assert numbers(panel._answer.result) == numbers(fresh(panel, small))


def test_a_change_too_large_to_look_through_is_read_anew(shown, small, monkeypatch):
    panel = shown(small)
    monkeypatch.setattr(analyse_panel, "sources_coded_anew", lambda _project, _change: None)
    apply_code(small, sources(small)[0].id, 0, 3, code_tree(small).find("Hope").id)
    panel.refresh()
    assert numbers(panel._answer.result) == numbers(fresh(panel, small))


@pytest.mark.parametrize("at_once", [1, 3, 4_000])
def test_a_long_reading_goes_on_in_slices_and_takes_in_what_changes_meanwhile(
    shown, empty, monkeypatch, qtbot, at_once
):
    hands = Hands(empty, 3)
    code_ids = [add_code(empty, "One"), add_code(empty, "Two")]
    ids = import_sources(empty, [hands._text(f"{n}.txt") for n in range(6)])
    for source_id in ids:
        for code_id in code_ids:
            apply_code(empty, source_id, 0, 5, code_id)
            apply_code(empty, source_id, 10, 15, code_id)
    monkeypatch.setattr("coder_app.gui.analyse.reading._SLICE_SECONDS", 0)
    monkeypatch.setattr("coder_app.gui.analyse.reading._ROWS", at_once)
    panel = shown(empty)
    assert panel._answer is None
    for source_id in ids:
        apply_code(empty, source_id, 2, 4, code_ids[0])
    qtbot.waitUntil(lambda: panel._answer is not None and not panel._stale, timeout=3000)
    assert numbers(panel._answer.result) == numbers(fresh(panel, empty))
    assert panel._answer.result.blocks[0].n_ab(*code_ids) == 2 * len(ids)
