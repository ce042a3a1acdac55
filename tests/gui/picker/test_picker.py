"""The popup by itself: what it lists, what it says, what its keys do."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from coder_app.edits.codes import describe_code
from coder_app.edits.codings import apply_code
from coder_app.edits.settings import pin_code, set_code_key
from coder_app.gui.context import Context
from coder_app.gui.picker.picker import CodePicker
from coder_app.gui.picker.view import APPLIED, KEYS, NAME
from coder_app.store.project import Project

KEY = Qt.Key


@pytest.fixture
def picker(qtbot, context: Context, coded) -> CodePicker:
    context.show(coded.project)
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    made = CodePicker(context, parent)
    yield made
    made.hide()


def listed(picker: CodePicker) -> list[str]:
    return [picker._list.item(row).text() for row in range(picker._list.count())]


def type_into(picker: CodePicker, words: str) -> None:
    QTest.keyClicks(picker._field, words)


def test_it_lists_the_codes_with_the_ones_above_them(picker: CodePicker) -> None:
    picker.ask(QPoint(0, 0), "Code the passage")
    assert listed(picker) == ["Work & pay", "Institutions   Trust", "Trust"]


def test_typing_narrows_the_list_and_offers_to_create(picker: CodePicker) -> None:
    picker.ask(QPoint(0, 0), "Code the passage")
    type_into(picker, "tru")
    assert listed(picker) == ["Trust", "Institutions   Trust", "Create “tru”", "Create “tru” under…"]
    type_into(picker, "st")
    assert listed(picker) == ["Trust", "Institutions   Trust"]


def test_where_nothing_may_be_created_nothing_is_offered(picker: CodePicker) -> None:
    picker.ask(QPoint(0, 0), "Move under which code?", create=False, stay=False)
    type_into(picker, "new")
    assert listed(picker) == []
    assert picker._about.text() == "No code fits."
    QTest.keyClick(picker._field, KEY.Key_Return)
    assert picker.isVisible()


def test_a_name_of_a_code_that_only_groups_others_says_so(picker: CodePicker) -> None:
    picker.ask(QPoint(0, 0), "Code the passage")
    type_into(picker, "Topics")
    assert listed(picker) == []
    assert "only groups other codes" in picker._about.text()


def test_arrows_go_round_and_enter_takes_the_one_they_stand_on(picker: CodePicker, coded, qtbot) -> None:
    picker.ask(QPoint(0, 0), "Code the passage")
    for _ in range(5):
        QTest.keyClick(picker._field, KEY.Key_Down)
    QTest.keyClick(picker._field, KEY.Key_Up)
    with qtbot.waitSignal(picker.code_picked) as caught:
        QTest.keyClick(picker._field, KEY.Key_Enter)
    assert caught.args == [coded.institutions]
    assert not picker.isVisible()


def test_a_click_takes_a_code(picker: CodePicker, coded, qtbot) -> None:
    picker.ask(QPoint(0, 0), "Code the passage")
    rect = picker._list.visualItemRect(picker._list.item(1))
    with qtbot.waitSignal(picker.code_picked) as caught:
        QTest.mouseClick(picker._list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert caught.args == [coded.institutions]


def test_the_code_used_last_comes_first_next_time(picker: CodePicker, coded) -> None:
    picker.note_use(coded.institutions)
    picker.ask(QPoint(0, 0), "Code the passage")
    assert listed(picker)[0] == "Institutions   Trust"


def test_what_the_coder_applied_last_comes_first_although_the_app_was_closed(picker: CodePicker, coded) -> None:
    apply_code(coded.project, coded.diary, 0, 5, coded.trust)
    apply_code(coded.project, coded.diary, 0, 9, coded.work, coded.ben)
    picker.ask(QPoint(0, 0), "Code the passage")
    assert listed(picker) == ["Trust", "Work & pay", "Institutions   Trust"]


def test_what_the_chosen_code_means_is_told_shortened(picker: CodePicker, coded) -> None:
    describe_code(coded.project, coded.trust, {"definition": "x" * 500, "not_when": "never"})
    picker.ask(QPoint(0, 0), "Code the passage")
    type_into(picker, "trust")
    assert picker._about.text().startswith("xxx")
    assert len(picker._about.text()) < 300
    assert "Do not use when: never" in picker._about.text()


def test_of_long_words_about_a_code_each_part_is_seen_to_its_last_line(picker: CodePicker, coded) -> None:
    told = {
        "definition": "What people say of those they trust. " * 9,
        "not_when": "An office is meant and no person. " * 9,
    }
    describe_code(coded.project, coded.trust, told)
    picker.ask(QPoint(0, 0), "Code the passage")
    type_into(picker, "trust")
    definition, not_when = picker._about.text().split("\n")
    assert definition.endswith("…")
    assert not_when.startswith("Do not use when: An office")
    assert not_when.endswith("…")
    assert picker._about.heightForWidth(picker._about.width()) <= picker._about.height()


def test_with_larger_words_it_is_wider(picker: CodePicker, context: Context) -> None:
    picker.ask(QPoint(0, 0), "Code the passage")
    before = picker.width()
    picker.hide()
    context.theme.choose("light", 1.5)
    picker.ask(QPoint(0, 0), "Code the passage")
    assert picker.width() == pytest.approx(before * 1.5, abs=30)
    assert picker._keys.sizeHint().width() < picker.width()


def test_shift_enter_stays_only_where_several_make_sense(picker: CodePicker) -> None:
    picker.ask(QPoint(0, 0), "Code the passage")
    QTest.keyClick(picker._field, KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert picker.isVisible()
    picker.ask(QPoint(0, 0), "Another code", stay=False)
    QTest.keyClick(picker._field, KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert not picker.isVisible()


def test_it_stays_on_the_screen(picker: CodePicker) -> None:
    room = QApplication.primaryScreen().availableGeometry()
    for corner in (room.topLeft(), room.bottomRight(), QPoint(-500, -500)):
        picker.ask(corner, "Code the passage")
        assert room.contains(picker.geometry())


def test_an_empty_codebook_says_what_to_do(qtbot, context: Context, tmp_path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    context.show(Project.create(tmp_path / "empty.coder"))
    picker = CodePicker(context, parent)
    picker.ask(QPoint(0, 0), "Code the passage")
    assert picker._about.text() == "There are no codes yet. Type a name to make one."
    type_into(picker, "First")
    assert listed(picker) == ["Create “First”"]
    assert picker._about.text() == ""
    picker.hide()


def test_its_place_and_size_do_not_change_while_one_types(picker: CodePicker, coded) -> None:
    describe_code(coded.project, coded.trust, {"definition": "What people say of whom they trust. " * 5})
    picker.ask(QPoint(200, 200), "Code the passage")
    before = picker.geometry()
    for letter in "trust > new":
        type_into(picker, letter)
        assert picker.geometry() == before


def test_a_path_names_the_code_above_the_new_one_however_it_is_typed(picker: CodePicker, qtbot) -> None:
    picker.ask(QPoint(0, 0), "Code the passage")
    type_into(picker, "instit > Courts")
    assert listed(picker) == ["New code “Courts” under “Trust > Institutions”", "Create “instit > Courts”"]
    with qtbot.waitSignal(picker.create_requested) as caught:
        QTest.keyClick(picker._field, KEY.Key_Return)
    assert caught.args == ["Trust > Institutions > Courts"]


def test_a_code_that_only_groups_others_can_stand_above_a_new_one(picker: CodePicker) -> None:
    picker.ask(QPoint(0, 0), "Code the passage")
    type_into(picker, "topics > Roads")
    assert listed(picker) == ["New code “Roads” under “Topics”"]


def test_a_path_without_a_name_yet_lists_what_is_there(picker: CodePicker) -> None:
    picker.ask(QPoint(0, 0), "Code the passage")
    type_into(picker, "trust > ")
    assert listed(picker) == ["Institutions   Trust"]


def test_the_code_above_a_new_one_is_asked_for_by_keys_alone(picker: CodePicker, qtbot) -> None:
    picker.ask(QPoint(0, 0), "Code the passage")
    type_into(picker, "Roads")
    QTest.keyClick(picker._field, KEY.Key_Up)
    QTest.keyClick(picker._field, KEY.Key_Return)
    assert picker._title.text() == "Under which code?"
    assert picker._field.placeholderText() == "Type to find the code above “Roads”"
    assert "Topics" in listed(picker)
    QTest.keyClick(picker._field, KEY.Key_Escape)
    assert picker._field.text() == "Roads"
    QTest.keyClick(picker._field, KEY.Key_Up)
    QTest.keyClick(picker._field, KEY.Key_Return)
    type_into(picker, "topcs")
    with qtbot.assertNotEmitted(picker.code_picked), qtbot.waitSignal(picker.create_requested) as caught:
        QTest.keyClick(picker._field, KEY.Key_Return)
    assert caught.args == ["Topics > Roads"]


def test_codes_that_are_on_the_passage_are_ticked_and_keys_shown(picker: CodePicker, coded) -> None:
    pin_code(coded.project, 3, coded.trust)
    set_code_key(coded.project, coded.trust, "Ctrl+Alt+T")
    picker.ask(QPoint(0, 0), "Code the passage", applied=[coded.work])
    rows = {picker._list.item(row).data(NAME): picker._list.item(row) for row in range(picker._list.count())}
    assert [name for name, item in rows.items() if item.data(APPLIED)] == ["Work & pay"]
    assert rows["Trust"].data(KEYS) == ["3", "Ctrl+Alt+T"]
    assert not picker.grab().isNull()
