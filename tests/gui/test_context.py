"""What every panel is given: one open project, its changes told to all, errors in a sentence."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from coder_app import crash_log
from coder_app.domain.errors import BadInput
from coder_app.edits.codes import add_code, rename_code
from coder_app.gui.context import Context
from coder_app.queries.codes import code_tree
from coder_app.store.project import Project


def test_an_edit_goes_through_and_everybody_hears_of_it(context: Context, coded, qtbot) -> None:
    context.show(coded.project)
    with qtbot.waitSignal(context.signals.changed) as caught:
        code_id = context.attempt(add_code, "Hope")
    assert caught.args[0].touches("code")
    assert code_tree(coded.project)[code_id].name == "Hope"


def test_what_goes_wrong_is_told_in_its_own_words(context: Context, coded, qtbot) -> None:
    context.show(coded.project)
    with qtbot.waitSignal(context.notice_requested) as caught:
        assert context.attempt(rename_code, coded.work, "  ") is None
    assert caught.args == ["A code needs a name.", False]


def test_without_a_project_nothing_is_attempted(context: Context) -> None:
    assert context.attempt(add_code, "Hope") is None
    assert not context.writable
    assert context.coders_shown() == []
    context.undo()
    context.close()


def test_opening_a_project_closes_the_one_before(context: Context, coded, tmp_path) -> None:
    context.show(coded.project)
    context.hide_coders({coded.ben})
    other = Project.create(tmp_path / "other.coder")
    context.show(other)
    assert context.project is other
    assert context.hidden_coders == set()
    with Project.open(coded.project.path) as again:
        assert again.writable


def test_what_is_being_typed_is_asked_for_while_the_project_is_still_open(context: Context, coded) -> None:
    context.show(coded.project)
    heard: list[bool] = []
    context.signals.save_requested.connect(lambda: heard.append(context.project is not None))
    context.work_as(coded.ben)
    context.undo()
    context.close()
    assert heard == [True, True, True]


def test_working_as_the_same_coder_changes_nothing(context: Context, coded, qtbot) -> None:
    context.show(coded.project)
    with qtbot.assertNotEmitted(context.signals.coder_changed):
        context.work_as(coded.ann)


def test_an_undo_that_is_refused_says_why(context: Context, tmp_path, qtbot) -> None:
    context.show(Project.create(tmp_path / "new.coder"))
    with qtbot.waitSignal(context.notice_requested) as caught:
        context.undo()
    assert "nothing to undo" in caught.args[0]


def test_an_error_that_nobody_foresaw_becomes_a_report_without_words_of_the_text(context: Context, qapp) -> None:
    seen: list[str] = []

    def read_and_close() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(box.detailedText())
        context.tell(ValueError("a second one"))
        box.accept()

    QTimer.singleShot(50, read_and_close)
    context.tell(ValueError("secret words of an interview"))
    assert len(seen) == 1
    assert "ValueError" in seen[0]
    assert "secret" not in seen[0]
    assert crash_log.log_path().read_text(encoding="utf-8").count("ValueError") >= 2


def test_a_foreseen_error_is_no_report(context: Context, qtbot) -> None:
    with qtbot.waitSignal(context.notice_requested) as caught:
        context.tell(BadInput("so it is"))
    assert caught.args == ["so it is", False]


@pytest.mark.parametrize("sentence", ["This stays."])
def test_a_lasting_sentence_has_a_signal_of_its_own(context: Context, qtbot, sentence: str) -> None:
    with qtbot.waitSignal(context.lasting_notice_requested) as caught:
        context.say_until_closed(sentence)
    assert caught.args == [sentence]
