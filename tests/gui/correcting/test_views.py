"""After a correction every view shows the codings where they are now: the change names the source alone."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from coder_app.edits.codes import add_example
from coder_app.edits.texts import correct_text
from coder_app.gui.main_window import MainWindow
from coder_app.gui.passages.model import PASSAGE
from coder_app.gui.widgets.words import words
from coder_app.queries.codings import coding
from coder_app.queries.sources import text_of


def _correct(coded) -> None:
    text = text_of(coded.project, coded.interview).replace("neighbours", "friends")
    correct_text(coded.project, coded.interview, "Preface \U0001f600.\n" + text)


def _shown_words(window: MainWindow, coding_id: str) -> str:
    span = window.reader.view.span(coding_id)
    assert span is not None
    return window.reader.view.text[span.start : span.stop]


def test_text_highlights_and_map(shown: MainWindow, coded) -> None:
    _correct(coded)
    assert _shown_words(shown, coded.police) == "Nobody trusts the police."
    assert _shown_words(shown, coded.bens) == "We trust our friends."
    shown.context.undo()
    assert _shown_words(shown, coded.police) == "Nobody trusts the police."
    assert _shown_words(shown, coded.bens) == "We trust our neighbours."


def test_the_place_that_is_read_stays(shown: MainWindow, coded) -> None:
    long = "\n".join(f"Line {number} of a longer text." for number in range(400))
    correct_text(coded.project, coded.diary, long + "\nA day without work. The neighbours helped.")
    shown.readers.show_source(coded.diary)
    shown.reader.view.scroll_to(5_000)
    before = shown.reader.view.first_position()
    correct_text(coded.project, coded.diary, shown.reader.view.text + " More.")
    QApplication.processEvents()
    assert abs(shown.reader.view.first_position() - before) < 100


def test_the_list_of_passages(shown: MainWindow, coded) -> None:
    shown.passages.show_code(coded.trust)
    _correct(coded)
    model = shown.passages.list.model()
    rows = [model.index(row, 0).data(PASSAGE) for row in range(model.rowCount())]
    assert "We trust our friends." in [row.text for row in rows]
    one = coding(coded.project, coded.police)
    assert (one.start, one.stop) in [(row.start, row.stop) for row in rows]


def test_details_and_the_examples_of_a_code(shown: MainWindow, coded) -> None:
    add_example(coded.project, coded.trust, coding(coded.project, coded.bens).segment_id)
    shown.reader.view.choose(coded.bens)
    shown.reader.tell()
    shown.details.show_code(coded.trust)
    _correct(coded)
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    labels = shown.details.findChildren(type(words("")))
    told = " ".join(label.text() for label in labels if label.isVisibleTo(shown.details))
    assert "We trust our friends." in told
    assert "We trust our neighbours." not in told


def test_what_was_found_in_all_sources(shown: MainWindow, coded, qtbot) -> None:
    shown.passages.show_search("")
    found = shown.passages.found
    found.bar.field.setText("friends")
    found.run()
    qtbot.waitUntil(lambda: not found.search.running, timeout=15_000)
    assert found.model.total() == 0
    _correct(coded)
    qtbot.waitUntil(lambda: found.model.total() == 1, timeout=15_000)


def test_words_and_counts_beside_the_name(shown: MainWindow, coded) -> None:
    before = shown.reader._head.about.text()
    correct_text(coded.project, coded.interview, "Two words. " + text_of(coded.project, coded.interview))
    assert shown.reader._head.about.text() != before
