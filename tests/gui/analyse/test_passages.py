"""The passages of a cell: as many as it says, in their words, and each opens its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coder_app.analysis.how import Mode
from coder_app.analysis.passages import Passage
from coder_app.domain.imported import ImportedText
from coder_app.edits.codes import add_code
from coder_app.edits.codings import apply_code
from coder_app.edits.sources import import_sources
from coder_app.gui.analyse.excerpt import Weight, excerpt
from coder_app.gui.analyse.heat_model import VALUE
from coder_app.gui.analyse.passages_model import PIECES, PLACE
from coder_app.queries.sources import sources
from coder_app.store.project import Project

LEFT = Qt.MouseButton.LeftButton


def choose(panel, row: int, column: int) -> None:
    panel.table.view.setCurrentIndex(panel.table.model.index(row, column))


def card(panel, row: int):
    return panel.passages.view.visualRect(panel.passages.model.index(row, 0)).center()


def shared_words(panel) -> list[str]:
    model = panel.passages.model
    return [
        "".join(piece.words for piece in model.index(row, 0).data(PIECES) if piece.weight is Weight.SHARED)
        for row in range(model.rowCount())
    ]


def test_the_shared_words_stand_out(shown, small):
    panel = shown(small)
    choose(panel, 0, 2)
    assert shared_words(panel) == ["beta", "zeta"]
    assert panel.passages.count.text() == "2 passages"
    assert panel.passages.title.accessibleName() == "Fear × Work"


def test_in_units_what_either_code_covers_stands_out(shown, small, pick):
    panel = shown(small)
    pick(panel.options.count, "units with both")
    choose(panel, 0, 2)
    assert shared_words(panel) == ["Alpha beta gamma", "Epsilon zeta", "Iotamu"]


def test_a_card_names_source_paragraph_and_coder(shown, small):
    panel = shown(small)
    choose(panel, 0, 2)
    places = [panel.passages.model.index(row, 0).data(PLACE) for row in range(2)]
    assert places == ["One.txt · ¶ 1 · Ann", "One.txt · ¶ 2 · Ann"]


def test_a_card_of_a_merged_table_names_all_who_coded_the_passage(shown, small, pick):
    panel = shown(small)
    pick(panel.options.coders, "merged")
    choose(panel, 0, 1)
    assert panel.passages.model.index(0, 0).data(PLACE) == "One.txt · ¶ 3 · Ann, Ben"


def test_a_click_on_a_card_asks_to_open_its_place(shown, small, qtbot):
    panel = shown(small)
    choose(panel, 0, 2)
    qtbot.wait(50)
    with qtbot.waitSignal(panel.place_chosen, timeout=1000) as asked:
        QTest.mouseClick(panel.passages.view.viewport(), LEFT, pos=card(panel, 1))
    source = sources(small)[0]
    start = "Alpha beta gamma delta.\nEpsilon zeta".index("zeta")
    assert asked.args == [source.id, start, start + len("zeta")]


def test_enter_on_a_card_asks_to_open_its_place(shown, small, qtbot):
    panel = shown(small)
    choose(panel, 0, 2)
    panel.passages.enter()
    with qtbot.waitSignal(panel.place_chosen, timeout=1000) as asked:
        QTest.keyClick(panel.passages.view, Qt.Key.Key_Return)
    assert asked.args[1:] == [6, 10]


@pytest.mark.parametrize("mode", [Mode.SEGMENTS, Mode.PAIRS, Mode.UNITS])
def test_every_cell_of_the_sample_has_as_many_passages_as_it_says(shown, sample_file, mode):
    panel = shown(Project.open(sample_file))
    panel.options._choose(mode=mode)
    model = panel.table.model
    for row in range(0, model.rowCount(), 3):
        for column in range(model.rowCount()):
            choose(panel, row, column)
            assert panel.passages.model.rowCount() == model.index(row, column).data(VALUE)


def test_the_model_of_passages_keeps_the_rules_of_qt(qtmodeltester, shown, small):
    panel = shown(small)
    choose(panel, 0, 2)
    qtmodeltester.check(panel.passages.model)


def test_a_thousand_passages_show_at_once(shown, empty, qtbot):
    words = "\n".join(f"Paragraph {n} about \U0001f600 fear and work." for n in range(1000))
    source_id = import_sources(empty, [ImportedText("Long", "text", words, b"long", "text", "1", "utf-8")])[0]
    one, two = add_code(empty, "One"), add_code(empty, "Two")
    start = 0
    with empty.edit("Code all"):
        for line in words.split("\n"):
            apply_code(empty, source_id, start, start + len(line), one)
            apply_code(empty, source_id, start, start + len(line), two)
            start += len(line) + 1
    panel = shown(empty)
    choose(panel, 0, 1)
    view = panel.passages.view
    assert panel.passages.count.text() == "1,000 passages"
    # Only what is in sight, and the next batch to be measured, has been read so far.
    assert len(panel.passages.model._pieces) < 300
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 60_000, timeout=5000)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert view.indexAt(view.viewport().rect().center()).row() > 980


@pytest.mark.parametrize("mode", list(Mode))
@given(data=st.data())
def test_an_excerpt_quotes_the_text_and_holds_the_passage(mode, data):
    text = data.draw(st.text("ab \n\U0001f600é", min_size=2, max_size=400))

    def span(low: int, high: int) -> tuple[int, int]:
        start = data.draw(st.integers(low, high - 1))
        return start, data.draw(st.integers(start + 1, high))

    unit = span(0, len(text))
    a = span(unit[0], unit[1])
    b = span(unit[0], unit[1])
    if mode is not Mode.UNITS:
        unit = (max(a[0], b[0]), min(a[1], b[1]))
        if unit[0] >= unit[1]:
            b, unit = a, a
    pieces = excerpt(text, Passage("Ann", "ann", "s", *unit, a, b), mode)
    flat = text.replace("\n", " ")
    for quoted in "".join(piece.words for piece in pieces).split("…"):
        assert quoted.strip(" ") in flat
    said = "".join(piece.words for piece in pieces if piece.weight is Weight.SHARED)
    covered = set(range(*a)) | set(range(*b)) if mode is Mode.UNITS else set(range(*unit))
    if "…" not in said:
        assert said == "".join(flat[place] for place in sorted(covered))


def test_a_long_passage_is_cut_in_its_middle():
    text = "First words " + "and so on " * 100 + "last words."
    pieces = excerpt(text, Passage("Ann", "ann", "s", 0, len(text), (0, len(text)), (0, len(text))), Mode.SEGMENTS)
    said = "".join(piece.words for piece in pieces)
    assert len(said) < 400
    assert said.startswith("First words")
    assert said.endswith("last words.")


@pytest.mark.parametrize("theme", ["light", "dark", "high_contrast"])
def test_cards_are_drawn_on_the_paper_of_the_theme(shown, small, context, qtbot, theme):
    panel = shown(small)
    context.theme.choose(theme)
    choose(panel, 0, 2)
    qtbot.wait(50)
    image = panel.passages.grab().toImage()
    rect = panel.passages.view.visualRect(panel.passages.model.index(0, 0))
    corner = panel.passages.view.viewport().mapTo(panel.passages, rect.topLeft())
    assert image.pixelColor(corner.x() + 6, corner.y() + 20).name() == context.theme.theme.paper.name()
    inks = {image.pixelColor(corner.x() + x, corner.y() + y).name() for x in range(12, 200) for y in range(12, 40)}
    assert context.theme.theme.ink.name() in inks
