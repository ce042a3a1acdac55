"""Three people in three windows, each with a copy and settings of their own, and one shared folder between them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coder_app.edits.codes import delete_codes, describe_code, rename_code
from coder_app.edits.texts import correct_text
from coder_app.gui.context import Context
from coder_app.gui.files.ask import Ask
from coder_app.gui.main_window import MainWindow
from coder_app.gui.theme import ThemeSource
from coder_app.queries.conflicts import conflicts, count
from coder_app.queries.placing import number_to_check
from coder_app.queries.sources import text_of
from coder_app.settings import SettingsFile
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify

KEY = Qt.Key


class Person:
    """Somebody at a window."""

    def __init__(self, name: str, home: Path, theme: ThemeSource, qtbot) -> None:
        home.mkdir()
        settings = SettingsFile(home / "settings.json")
        settings.values.coder_name = name
        settings.values.sync_by_itself = settings.values.backups = False
        self.name, self._bot = name, qtbot
        self.context = Context(theme, settings)
        self.window = MainWindow(self.context)
        self.window.resize(1280, 800)
        with qtbot.waitExposed(self.window):
            self.window.show()

    @property
    def project(self) -> Project:
        assert self.context.project is not None
        return self.context.project

    def comes(self) -> None:
        self.window.activateWindow()
        self._bot.waitUntil(self.window.isActiveWindow)

    def rest(self) -> None:
        self._bot.waitUntil(lambda: not self.context.jobs.running and not self.context.busy, timeout=30_000)

    def press(self, keys: str) -> None:
        QTest.keySequence(QApplication.focusWidget() or self.window, keys)

    def joins(self, folder: Path, path: Path) -> None:
        self.comes()
        self.window.team.flow.join(folder, path)
        self.rest()
        (ask,) = self.window.findChildren(Ask)
        QTest.keyClick(ask.line, KEY.Key_Return)

    def codes(self, source_id: str, start: int, stop: int, code: str) -> None:
        self.comes()
        self.window.show_code_layout()
        self.window.reader.show_source(source_id, start, stop)
        view = self.window.reader.view
        view.setFocus()
        view.select(start, stop)
        self._bot.waitUntil(self.window.actions_by_id["coding.pick_here"].isEnabled)
        QTest.keyClick(view, KEY.Key_Return)
        self._bot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
        QTest.keyClicks(QApplication.focusWidget(), code)
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)

    def syncs(self) -> None:
        self.comes()
        self.press("Ctrl+Shift+S")
        self.rest()
        assert self.window.team.syncing.state.problems == []

    def decides_all(self) -> None:
        self.comes()
        self.press("Ctrl+U")
        while count(self.project):
            one = self.window.team.undecided
            key = KEY.Key_1 if one.chosen()[0].kind == "different" else KEY.Key_Return
            QTest.keyClick(one.list, key)

    def checks_all(self) -> None:
        self.comes()
        self.press("F5")
        self.press("Ctrl+A")
        QTest.keyClick(self.window.to_check.list, KEY.Key_A)

    def goes(self) -> None:
        self.context.close()
        self.window.close()
        self.window.deleteLater()


@pytest.fixture
def team(coded, tmp_path: Path, qapp: QApplication, qtbot) -> Iterator[list[Person]]:
    theme = ThemeSource(qapp, "light")
    people = [Person(name, tmp_path / name, theme, qtbot) for name in ("Ann", "Ben", "Cem")]
    ann, *others = people
    ann.context.show(coded.project)
    ann.window.team.flow.share(tmp_path / "shared")
    ann.rest()
    for one in others:
        one.joins(tmp_path / "shared", tmp_path / one.name / "village.coder")
    yield people
    for one in people:
        one.goes()
    theme.deleteLater()


def test_after_days_apart_they_hold_the_same_to_the_letter(team: list[Person], coded) -> None:
    ann, ben, cem = team
    words = text_of(ann.project, coded.interview)
    for day in range(3):
        for number, one in enumerate(team):
            start = 10 * day + 7 * number
            one.codes(coded.interview, start, start + 20, ("Trust", "Work", "Institutions")[(day + number) % 3])
            one.press("Ctrl+Z")
            one.press("Ctrl+Shift+Z")
        ann.syncs()
        ben.syncs()
    rename_code(ann.project, coded.work, "Labour")
    rename_code(cem.project, coded.work, "Pay")
    describe_code(ben.project, coded.trust, {"definition": "To rely on friends"})
    describe_code(cem.project, coded.trust, {"definition": "To rely on elders"})
    delete_codes(ben.project, [coded.institutions])
    correct_text(ann.project, coded.interview, words.replace("We trust our", "They love our"))
    correct_text(cem.project, coded.interview, words.replace("neighbours", "neighbors"))
    for one in [*team, *team]:
        one.syncs()

    assert len({dump(one.project.db) for one in team}) == 1
    assert {(one.kind, one.table, one.field) for one in conflicts(ann.project)} == {
        ("different", "code", "name"),
        ("different", "code", "definition"),
        ("different", "source", "text_hash"),
        ("revived", "code", ""),
    }
    assert ben.window.team.sign.undecided.text() == "4 undecided"

    ann.decides_all()
    for one in [*team, *team]:
        one.syncs()
    assert number_to_check(ben.project) > 0
    ben.checks_all()
    for one in [*team, *team]:
        one.syncs()

    assert len({dump(one.project.db) for one in team}) == 1
    assert [(count(one.project), number_to_check(one.project)) for one in team] == [(0, 0)] * 3
    assert [verify(one.project.db) for one in team] == [[]] * 3
    assert {
        coder
        for (coder,) in cem.project.rows("SELECT DISTINCT coder.name FROM coding JOIN coder ON coder.id = coder_id")
    } == {
        "Ann",
        "Ben",
        "Cem",
    }
