"""Whatever is done in whatever order, the file stays sound, and undo and redo lead back and forth exactly."""

import importlib
import inspect
import os
import pkgutil
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from any_edit import ACTIONS, NEEDS, ONLY_LOOK, Dice
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from coder_app import edits
from coder_app.domain.errors import AppError, UndoRefused
from coder_app.queries.history import history
from coder_app.store import many
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify

VERIFY_EVERY = 6


class AnyHistory(RuleBasedStateMachine):
    many = (many.PACK_FROM, many.AT_MOST)

    def __init__(self) -> None:
        super().__init__()
        many.PACK_FROM, many.AT_MOST = self.many
        self.folder = Path(tempfile.mkdtemp())
        self.project = Project.create(self.folder / "study.coder", coder="Coder A")
        # Pairs of dumps: before and after each step that can be undone, or redone.
        self.done: list[tuple[str, str]] = []
        self.undone: list[tuple[str, str]] = []
        self.steps = 0

    def teardown(self) -> None:
        problems = verify(self.project.db)
        many.PACK_FROM, many.AT_MOST = AnyHistory.many
        self.project.close()
        left = sorted(path.name for path in self.folder.iterdir())
        shutil.rmtree(self.folder)
        assert problems == []
        assert left == ["study.coder"], "a closed project is one file"

    def _try(self, action: Callable[[], object], *, confirms: bool = False) -> None:
        before, length = dump(self.project.db), len(history(self.project))
        try:
            action()
        except AppError:
            assert dump(self.project.db) == before
            assert len(history(self.project)) == length
            return
        after, new = dump(self.project.db), len(history(self.project)) - length
        is_told = confirms or before != after
        assert new == is_told, "an edit is one step, and none where it changes nothing"
        if new:
            self.done.append((before, after))
            self.undone.clear()

    @initialize(data=st.data())
    def furnish(self, data: st.DataObject) -> None:
        dice = Dice(data, self.project)
        for name in ("sources.import_sources", "codebook.import_codebook", "codings.apply_codes"):
            self._try(lambda name=name: ACTIONS[name](self.project, dice))

    @rule(name=st.sampled_from(sorted(ACTIONS)), data=st.data())
    def edit(self, name: str, data: st.DataObject) -> None:
        dice = Dice(data, self.project)
        if all(dice.ids(table) for table in NEEDS.get(name.split(".")[1], "").split()):
            # To confirm what stands changes no value, but it is a step: who has seen what is known by it.
            self._try(lambda: ACTIONS[name](self.project, dice), confirms=name == "drift.confirm_codings")

    @rule(number=st.integers(0, 30))
    def revert(self, number: int) -> None:
        steps = history(self.project)
        step = steps[-1 - number % len(steps)]
        self._try(lambda: self.project.revert(step.id), confirms="Confirm" in step.label)

    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        for _ in range(times):
            self._lead(self.done, self.undone, self.project.undo, towards=0)

    @rule(times=st.integers(1, 3))
    def redo(self, times: int) -> None:
        for _ in range(times):
            self._lead(self.undone, self.done, self.project.redo, towards=1)

    def _lead(self, source: list[tuple[str, str]], target: list[tuple[str, str]], go, *, towards: int) -> None:
        if not source:
            with pytest.raises(UndoRefused):
                go()
            return
        assert dump(self.project.db) == source[-1][1 - towards]
        go()
        assert dump(self.project.db) == source[-1][towards]
        target.append(source.pop())

    @rule()
    def close_and_open(self) -> None:
        before = dump(self.project.db)
        self.project.close()
        self.project = Project.open(self.folder / "study.coder")
        assert dump(self.project.db) == before

    @invariant()
    def says_what_can_be_undone(self) -> None:
        assert (self.project.undo_label() is not None) == bool(self.done)
        assert (self.project.redo_label() is not None) == bool(self.undone)

    @invariant()
    def is_sound(self) -> None:
        self.steps += 1
        if self.steps % VERIFY_EVERY == 0:
            assert verify(self.project.db) == []


# `LONG_HISTORIES=1500` searches for minutes instead of seconds.
LONG = int(os.environ.get("LONG_HISTORIES", "0"))
AnyHistory.TestCase.settings = settings(
    max_examples=LONG or 25,
    stateful_step_count=60 if LONG else 25,
    deadline=None,
)
TestAnyHistory = AnyHistory.TestCase


class PackedHistory(AnyHistory):
    """The same where two rows are many already, so that nearly every step holds batches."""

    many = (2, 3)


PackedHistory.TestCase.settings = AnyHistory.TestCase.settings
TestPackedHistory = PackedHistory.TestCase


def test_the_machine_knows_every_edit():
    known: set[str] = set()
    for info in pkgutil.iter_modules(edits.__path__):
        module = importlib.import_module(f"coder_app.edits.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            is_own = function.__module__ == module.__name__ and not name.startswith("_")
            is_edit = next(iter(inspect.signature(function).parameters), "") == "project"
            if is_own and is_edit and "within a step" not in (function.__doc__ or "") and name not in ONLY_LOOK:
                known.add(f"{info.name}.{name}")
    assert known == set(ACTIONS)
