"""Copies that are changed apart and joined in any order, in part or repeatedly, end with the same content."""

import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from any_edit import ACTIONS, NEEDS, Dice
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from coder_app.domain.errors import AppError
from coder_app.queries.history import history
from coder_app.store import journal, many, merging
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify

COPIES = 3
VERIFY_EVERY = 5
AN_HOUR = 3_600_000_000_000


def merge(into: Project, other: Project, leave_out: int = 0) -> merging.TakenIn:
    """Take in what `other` has, but for its last `leave_out` steps."""
    known = merging.digests(into.db)
    ids = list(merging.digests(other.db))
    ids = ids[: len(ids) - leave_out]
    return into.take_in(
        lambda: merging.recorded(other.db, [one for one in ids if one not in known]),
        name=other.path.name,
        offered=merging.heads_of(other.db, ids),
        bodies=merging.bodies_missing(into.db, other.db),
    )


class AnyMerge(RuleBasedStateMachine):
    many = (many.PACK_FROM, many.AT_MOST)

    def __init__(self) -> None:
        super().__init__()
        many.PACK_FROM, many.AT_MOST = self.many
        self.folder = Path(tempfile.mkdtemp())
        self.copies: list[Project] = []
        self.skew = [0] * COPIES
        self.steps = 0
        self.clock = patch.object(journal, "time", SimpleNamespace(time_ns=self._time))
        self.clock.start()
        self.at = 0

    def _time(self) -> int:
        return time.time_ns() + self.skew[self.at] * AN_HOUR

    @initialize(data=st.data())
    def furnish(self, data: st.DataObject) -> None:
        # Hypothesis may break off within; nothing stays open then.
        with Project.create(self.folder / "copy0.coder", coder="Coder A") as first:
            dice = Dice(data, first)
            for name in ("sources.import_sources", "codebook.import_codebook", "codings.apply_codes"):
                with suppress(AppError):
                    ACTIONS[name](first, dice)
        for number in range(1, COPIES):
            shutil.copyfile(first.path, self.folder / f"copy{number}.coder")
        self.copies = [Project.open(self.folder / f"copy{number}.coder") for number in range(COPIES)]

    def teardown(self) -> None:
        try:
            if self.copies:
                self._all_end_the_same()
        finally:
            self.clock.stop()
            many.PACK_FROM, many.AT_MOST = AnyMerge.many
            for copy in self.copies:
                copy.close()
            shutil.rmtree(self.folder)

    def _all_end_the_same(self) -> None:
        for _ in range(2):
            for number in range(COPIES):
                merge(self.copies[number], self.copies[(number + 1) % COPIES])
        assert [verify(copy.db) for copy in self.copies] == [[]] * COPIES
        contents = {dump(copy.db) for copy in self.copies}
        assert len(contents) == 1
        undecided = {str(copy.rows("SELECT * FROM conflict ORDER BY 1, 2, 3")) for copy in self.copies}
        assert len(undecided) == 1
        again = self.copies[0]
        steps = len(history(again))
        assert merge(again, self.copies[1]).steps == 0
        assert len(history(again)) == steps

    @rule(at=st.integers(0, COPIES - 1), hours=st.integers(-3, 3))
    def set_clock(self, at: int, hours: int) -> None:
        self.skew[at] = hours

    @rule(at=st.integers(0, COPIES - 1), name=st.sampled_from(sorted(ACTIONS)), data=st.data())
    def edit(self, at: int, name: str, data: st.DataObject) -> None:
        self.at = at
        dice = Dice(data, self.copies[at])
        if all(dice.ids(table) for table in NEEDS.get(name.split(".")[1], "").split()):
            self._attempt(at, lambda: ACTIONS[name](self.copies[at], dice))

    @rule(at=st.integers(0, COPIES - 1), number=st.integers(0, 30))
    def revert(self, at: int, number: int) -> None:
        steps = history(self.copies[at])
        self._attempt(at, lambda: self.copies[at].revert(steps[-1 - number % len(steps)].id))

    @rule(at=st.integers(0, COPIES - 1))
    def undo(self, at: int) -> None:
        self._attempt(at, self.copies[at].undo)

    @rule(at=st.integers(0, COPIES - 1))
    def redo(self, at: int) -> None:
        self._attempt(at, self.copies[at].redo)

    def _attempt(self, at: int, action) -> None:
        self.at = at
        before = dump(self.copies[at].db)
        try:
            action()
        except AppError:
            assert dump(self.copies[at].db) == before

    @rule(at=st.integers(0, COPIES - 1), other=st.integers(1, COPIES - 1), leave_out=st.sampled_from([0, 0, 1, 3]))
    def join(self, at: int, other: int, leave_out: int) -> None:
        self.at = at
        merge(self.copies[at], self.copies[(at + other) % COPIES], leave_out)

    @rule(at=st.integers(0, COPIES - 1), other=st.integers(1, COPIES - 1))
    def join_and_take_out(self, at: int, other: int) -> None:
        self.at = at
        copy = self.copies[at]
        before = dump(copy.db), copy.undo_label(), len(history(copy))
        if merge(copy, self.copies[(at + other) % COPIES]).steps:
            copy.undo()
        assert (dump(copy.db), copy.undo_label(), len(history(copy))) == before

    @rule(at=st.integers(0, COPIES - 1))
    def close_and_open(self, at: int) -> None:
        self.copies[at].close()
        self.copies[at] = Project.open(self.copies[at].path)

    @invariant()
    def is_sound(self) -> None:
        self.steps += 1
        if self.copies and self.steps % VERIFY_EVERY == 0:
            assert verify(self.copies[self.at].db) == []


# `LONG_MERGES=2000` searches for minutes instead of seconds.
LONG = int(os.environ.get("LONG_MERGES", "0"))
AnyMerge.TestCase.settings = settings(
    max_examples=LONG or 20,
    stateful_step_count=50 if LONG else 25,
    deadline=None,
)
TestAnyMerge = AnyMerge.TestCase


class PackedMerge(AnyMerge):
    """The same where two rows are many already, so that nearly every step holds batches."""

    many = (2, 3)


PackedMerge.TestCase.settings = AnyMerge.TestCase.settings
TestPackedMerge = PackedMerge.TestCase
