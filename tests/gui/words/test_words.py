"""The table of words follows the project, the options and the hands."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from coder_app.edits.codings import apply_code
from coder_app.edits.sources import import_sources, remove_sources, rename_source
from coder_app.edits.stop_words import set_stop_words
from coder_app.gui.words.panel import WordsLayout
from coder_app.queries.stop_words import own_stop_words

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton


def rows(panel: WordsLayout) -> list[tuple[str, ...]]:
    model = panel.words.model
    return [
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def words(panel: WordsLayout) -> list[str]:
    return [row[0] for row in rows(panel)]


def test_words_come_with_count_sources_and_how_often_in_a_thousand(shown, small, qtmodeltester):
    panel = shown(small.project)
    assert rows(panel)[:2] == [("trust", "4", "2", "137.93"), ("the", "3", "2", "103.45")]
    assert ("state's", "2", "2", "68.97") in rows(panel)
    assert panel.options.reading()[1] == "29 running words, 19 different ones, 1 of these left out."
    qtmodeltester.check(panel.words.model)


def test_a_project_without_texts_says_what_to_do(shown, empty):
    panel = shown(empty)
    assert panel.words.empty.isVisible()
    assert "Import a text" in panel.words.empty.text()
    assert not panel.words.export.isEnabled()


def test_typing_filters_and_down_goes_to_the_words(shown, small):
    panel = shown(small.project)
    panel.enter()
    QTest.keyClicks(panel.words.field, "NEIGH")
    assert words(panel) == ["neighbours"]
    assert panel.words.note.text() == "1 of 18 words"
    QTest.keyClick(panel.words.field, KEY.Key_Down)
    assert panel.words.table.hasFocus()
    assert panel.lines.title.text() == "neighbours"
    panel.words.field.clear()
    assert len(words(panel)) == 18
    assert panel.words.table.chosen_count() == 1


def test_a_click_on_a_heading_sorts(shown, small):
    panel = shown(small.project)
    header = panel.words.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(0) + 10, header.height() // 2)
    QTest.mouseClick(header.viewport(), LEFT, pos=place)
    first = words(panel)
    QTest.mouseClick(header.viewport(), LEFT, pos=place)
    assert sorted([first, words(panel)]) == sorted([sorted(first), sorted(first, reverse=True)])


def test_options_leave_words_out_and_let_them_in_again(shown, small, pick):
    panel = shown(small.project)
    pick(panel.options.languages, "English")
    assert "the" not in words(panel)
    pick(panel.options.length, "6 letters")
    assert set(words(panel)) == {"neighbours", "state's", "helped"}
    pick(panel.options.rarest, "2 times")
    assert words(panel) == ["neighbours", "state's"]
    pick(panel.options.length, "any")
    pick(panel.options.rarest, "once")
    pick(panel.options.numbers, "counted")
    pick(panel.options.case, "told apart")
    assert {"Trust", "trust", "2019"} <= set(words(panel))
    assert "The" not in words(panel)


def test_a_scope_narrows_the_count_to_a_source_a_folder_or_coded_passages(shown, small, pick):
    panel = shown(small.project)
    panel._context.note_source(small.interview)
    pick(panel.options.scope, "This source: Interview")
    assert rows(panel)[0][:3] == ("trust", "3", "1")
    pick(panel.options.scope, "Folder Diaries")
    assert dict(row[:2] for row in rows(panel))["trust"] == "1"
    pick(panel.options.scope, "Passages of a code…")
    QTest.keyClicks(panel.options.picker.focusWidget(), "Trust")
    QTest.keyClick(panel.options.picker.focusWidget(), KEY.Key_Return)
    assert [row[:3] for row in rows(panel)] == [("trust", "1", "1")]
    assert panel.options.scope.button.accessibleName() == "Count in: coded “Trust”"


def test_passages_are_counted_again_when_one_is_coded(shown, small, pick, qtbot):
    panel = shown(small.project)
    panel.options._on_code(small.trust)
    apply_code(small.project, small.diary, 0, 14, small.near)
    qtbot.waitUntil(lambda: set(words(panel)) == {"trust", "the", "neighbours"})


def test_sources_that_come_and_go_are_counted(shown, small, qtbot, text):
    panel = shown(small.project)
    added = import_sources(small.project, [text("Third", "Trust trust mountains")])[0]
    qtbot.waitUntil(lambda: rows(panel)[0][:3] == ("trust", "6", "3"))
    assert "mountains" in words(panel)
    remove_sources(small.project, [added])
    qtbot.waitUntil(lambda: "mountains" not in words(panel))
    assert rows(panel)[0][:3] == ("trust", "4", "2")


def test_nothing_is_counted_while_another_layout_is_shown(shown, small, qtbot, text):
    panel = shown(small.project)
    panel.hide()
    import_sources(small.project, [text("Third", "mountains")])
    qtbot.wait(250)
    assert "mountains" not in words(panel)
    panel.show()
    assert "mountains" in words(panel)


def test_delete_leaves_a_word_out_as_one_step_and_goes_on_to_the_next(shown, small, choose):
    panel = shown(small.project)
    choose(panel, "the")
    QTest.keyClick(panel.words.table, KEY.Key_Delete)
    assert "the" not in words(panel)
    assert own_stop_words(small.project) == {"the"}
    assert panel.lines.title.text() == words(panel)[1]
    assert panel.options.own.button.accessibleName() == "Own stop words: 1 left out"
    small.project.undo()
    assert "the" in words(panel)


def test_own_stop_words_are_written_one_on_each_line(shown, small, pick):
    panel = shown(small.project)
    set_stop_words(small.project, ["late"])
    pick(panel.options.own, "Change…")
    sheet = panel.options.own_words
    assert sheet.field.toPlainText() == "late"
    QTest.keyClicks(sheet.field, "State's slow ")
    QTest.keyClick(sheet.field, KEY.Key_Escape)
    assert own_stop_words(small.project) == {"state's", "slow", "late"}
    assert not {"state's", "slow", "late"} & set(words(panel))
    pick(panel.options.own, "counted")
    assert {"state's", "slow", "late"} <= set(words(panel))


def test_what_is_chosen_stays_chosen_over_a_new_count(shown, small, choose, qtbot, text):
    panel = shown(small.project)
    choose(panel, "slow")
    choose(panel, "came", Qt.KeyboardModifier.ControlModifier)
    assert panel.options.reading()[0] == "2 words stand 4 times together: 137.93 in 1,000 words."
    import_sources(small.project, [text("Third", "slow")])
    qtbot.waitUntil(lambda: panel.lines.count.text() == "5 lines")
    assert panel.words.table.chosen_count() == 2


def test_names_of_sources_follow_without_a_new_list(shown, small, choose, qtbot):
    panel = shown(small.project)
    choose(panel, "twice")
    rename_source(small.project, small.diary, "Day <b>book</b>")
    qtbot.waitUntil(lambda: panel.lines.model.index(0, 3).data() == "Day <b>book</b>")


def test_another_project_starts_afresh(shown, small, empty, choose, context, pick):
    panel = shown(small.project)
    choose(panel, "slow")
    pick(panel.options.languages, "English")
    context.show(empty)
    assert panel.words.empty.isVisible()
    assert panel.lines.empty.isVisible()
    assert panel.options.options.languages == frozenset()
