"""A walk over the whole window as a screen reader and a keyboard take it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from coder_app.gui.layouts import LatePage, TabbedPage
from coder_app.gui.main_window import MainWindow
from coder_app.gui.pages import IN_BAR
from coder_app.gui.theme import THEMES, contrast, load_theme

_INPUTS = (QLineEdit, QPlainTextEdit, QAbstractButton, QAbstractItemView, QComboBox)


@pytest.fixture
def full(shown: MainWindow, coded) -> MainWindow:
    """The window with everything open that can be open at once."""
    shown.context.notice_requested.emit("Something was done.", True)
    shown.actions_by_id["edit.find"].trigger()
    shown.reader.view.choose(coded.police)
    shown.reader.gestures.choose_target()
    shown.details._code.edit()
    shown.passages.show_code(coded.trust)
    QApplication.processEvents()
    return shown


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def path_of(widget: QWidget) -> str:
    names = []
    at: QWidget | None = widget
    while at is not None:
        names.append(type(at).__name__)
        at = at.parentWidget()
    return " < ".join(names)


def belongs_to_qt(widget: QWidget) -> bool:
    """Say whether a widget is a part of one of Qt's own, such as the button that clears a field."""
    parent = widget.parentWidget()
    above = parent.parentWidget() if parent is not None else None
    return (
        isinstance(parent, QLineEdit | QComboBox)
        or isinstance(above, QComboBox)  # the list of its choices
        or isinstance(widget, QHeaderView)
        or widget.objectName().startswith("qt_")
    )


def every_layout(window: MainWindow, qtbot: QtBot) -> Iterator[None]:
    """Turn to each layout, and in it to each tab, one after the other."""
    for action_id in IN_BAR:
        window.actions_by_id[action_id].trigger()
        page = window.late.get(action_id)
        tabs = page.pages if isinstance(page, TabbedPage) else (page,)
        for number, tab in enumerate(tabs):
            if isinstance(page, TabbedPage):
                page.turn_to(number)
            if isinstance(tab, LatePage):
                qtbot.waitUntil(lambda tab=tab: tab.panel is not None)
            QApplication.processEvents()
            yield


def test_every_input_has_a_name(full: MainWindow, qtbot: QtBot) -> None:
    nameless = []
    for _ in every_layout(full, qtbot):
        for widget in full.findChildren(QWidget):
            takes_keys = widget.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(widget, _INPUTS)
            if takes_keys and not belongs_to_qt(widget) and not name_of(widget):
                nameless.append(path_of(widget))
    assert sorted(set(nameless)) == []


def test_the_welcome_page_is_named_too(window: MainWindow) -> None:
    for button in window.welcome.findChildren(QPushButton) + window.welcome.findChildren(QToolButton):
        assert name_of(button), path_of(button)


def test_tab_reaches_every_panel_and_comes_round(full: MainWindow) -> None:
    full.details._code.keep()
    parts = {
        "sources": full.sources,
        "codebook": full.codebook,
        "reader": full.reader,
        "passages": full.passages,
        "details": full.details,
        "top": full.top,
    }
    full.reader.view.setFocus()
    reached, seen = set(), []
    for _ in range(80):
        widget = QApplication.focusWidget()
        reached |= {name for name, part in parts.items() if part.isAncestorOf(widget)}
        if seen and widget is seen[0]:
            break
        seen.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert reached == set(parts)
    assert QApplication.focusWidget() is seen[0]


def test_what_takes_the_focus_can_be_seen(full: MainWindow) -> None:
    full.reader.view.setFocus()
    for _ in range(40):
        widget = QApplication.focusWidget()
        assert widget.isVisible()
        assert widget.width() > 4
        QTest.keyClick(widget, Qt.Key.Key_Tab)


def test_labels_with_peoples_words_are_plain_text(full: MainWindow) -> None:
    auto = [
        label.text()
        for label in full.findChildren(QLabel)
        if label.textFormat() is Qt.TextFormat.AutoText and label.text() and full.details.isAncestorOf(label)
    ]
    assert all("<" not in text for text in auto)


@pytest.mark.parametrize("name", THEMES)
def test_words_can_be_read_in_every_theme(name: str) -> None:
    theme = load_theme(name)
    for ground in (theme.background, theme.panel, theme.paper, theme.selection, theme.hover):
        assert contrast(theme.ink, ground) >= 4.5
        assert contrast(theme.muted, ground) >= 4.5, ground.name()
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.paper, theme.ink) >= 4.5


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_no_button_cuts_its_words(full: MainWindow, scale: float) -> None:
    full.context.theme.choose("light", scale)
    full.resize(1920, 1080)
    QApplication.processEvents()
    cut = []
    for button in full.findChildren(QAbstractButton):
        if button.isVisible() and button.text() and not isinstance(button.parentWidget(), QAbstractScrollArea):
            needed = button.fontMetrics().horizontalAdvance(button.text().replace("&&", "&"))
            if button.width() < needed or button.height() < button.fontMetrics().height():
                cut.append((button.text(), button.size()))
    full.context.theme.choose("light", 1.0)
    assert cut == []
