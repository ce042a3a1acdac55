"""What a person changes about the text is seen at once and kept."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from coder_app.gui.reader.layout import Numbers, ReaderStyle
from coder_app.gui.reader.view_settings import CodeEntry, ViewSettings, style_of
from coder_app.settings import Settings, SettingsFile

CODES = [
    CodeEntry("work", "Work", "#157dbc", 0),
    CodeEntry("pay", "Pay & conditions", "#157dbc", 1),
    CodeEntry("trust", "Trust", "#b2516e", 0),
]


@pytest.fixture
def values() -> Settings:
    return Settings()


@pytest.fixture
def over(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def popup(themes, values: Settings, over: QWidget) -> ViewSettings:
    made = ViewSettings(values, over)
    made.set_codes(CODES, None)
    return made


def check(popup: ViewSettings, row: int, state: Qt.CheckState) -> None:
    popup.codes_list.item(row).setCheckState(state)


def test_the_usual_settings_are_the_usual_style():
    assert style_of(Settings()) == ReaderStyle()


def test_every_change_is_told_and_kept(popup: ViewSettings, values: Settings, qtbot):
    for change, expected in (
        (lambda: popup.size_box.setValue(21), ("pixels", 21)),
        (lambda: popup.columns_box.setValue(80), ("columns", 80)),
        (lambda: popup.spacing_box.setValue(1.9), ("line_height", 1.9)),
        (lambda: popup.numbers_box.setCurrentIndex(1), ("numbers", Numbers.PARAGRAPHS)),
        (lambda: popup.margin_box.setChecked(False), ("margin", 0)),
        (lambda: popup.minimap_box.setChecked(False), ("minimap", False)),
    ):
        with qtbot.waitSignal(popup.style_changed):
            change()
        assert getattr(style_of(values), expected[0]) == expected[1]


def test_a_face_is_chosen_by_name(popup: ViewSettings, values: Settings):
    popup.font_box.setCurrentIndex(1)
    assert style_of(values).family == popup.font_box.itemText(1) != ""


def test_as_usual_brings_face_size_width_and_spacing_back_but_no_numbers(popup: ViewSettings, values: Settings, qtbot):
    popup.size_box.setValue(30)
    popup.numbers_box.setCurrentIndex(2)
    with qtbot.waitSignal(popup.style_changed):
        qtbot.mouseClick(popup.usual_button, Qt.MouseButton.LeftButton)
    assert popup.size_box.value() == 17
    assert style_of(values) == ReaderStyle(numbers=Numbers.LINES)


def test_the_text_scale_of_the_window_counts_for_the_text_as_well(values: Settings):
    values.text_scale = 1.5
    assert style_of(values).pixels == 26


def test_numbers_of_a_newer_app_are_none_here(values: Settings, popup: ViewSettings):
    values.reader_numbers = "stanzas"
    assert style_of(values).numbers is Numbers.NONE
    popup.fill()
    assert popup.numbers_box.currentIndex() == 0


def test_the_settings_come_back_from_their_file(tmp_path: Path):
    file = SettingsFile(tmp_path / "settings.json")
    file.values.reader_numbers = "paragraphs"
    file.values.reader_columns = 90
    file.save()
    assert style_of(SettingsFile(tmp_path / "settings.json").values) == ReaderStyle(
        columns=90, numbers=Numbers.PARAGRAPHS
    )


def test_a_code_that_is_hidden_hides_those_under_it(popup: ViewSettings, qtbot):
    with qtbot.waitSignal(popup.codes_shown_changed) as heard:
        check(popup, 0, Qt.CheckState.Unchecked)
    assert heard.args == [{"trust"}]


def test_one_code_alone_may_be_shown_and_all_again(popup: ViewSettings, qtbot):
    with qtbot.waitSignal(popup.codes_shown_changed) as heard:
        qtbot.mouseClick(popup.none_button, Qt.MouseButton.LeftButton)
    assert heard.args == [set()]
    with qtbot.waitSignal(popup.codes_shown_changed) as heard:
        check(popup, 1, Qt.CheckState.Checked)
    assert heard.args == [{"pay"}]
    with qtbot.waitSignal(popup.codes_shown_changed) as heard:
        qtbot.mouseClick(popup.all_button, Qt.MouseButton.LeftButton)
    assert heard.args == [None]


def test_the_filter_leaves_codes_by_name_and_hides_only_those(popup: ViewSettings, qtbot):
    qtbot.keyClicks(popup.filter_field, "tru")
    assert [popup.codes_list.item(row).isHidden() for row in range(3)] == [True, True, False]
    with qtbot.waitSignal(popup.codes_shown_changed) as heard:
        qtbot.mouseClick(popup.none_button, Qt.MouseButton.LeftButton)
    assert heard.args == [{"work", "pay"}]


def test_it_opens_on_the_screen_and_escape_closes_it(popup: ViewSettings, qtbot):
    popup.open(QPoint(100_000, 100_000))
    assert popup.isVisible()
    frame = 2  # which the platform without a display puts around every window
    assert popup.screen().geometry().contains(popup.geometry().translated(-frame, -frame))
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()


def test_every_input_has_a_name_for_screen_readers(popup: ViewSettings):
    inputs = (popup.font_box, popup.size_box, popup.columns_box, popup.spacing_box, popup.numbers_box)
    assert all(field.accessibleName() for field in (*inputs, popup.filter_field, popup.codes_list))
