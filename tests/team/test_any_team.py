"""Whatever three members do and a sync service loses, delays or repeats: in the end all hold the same."""

import os
import random
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from any_edit import ACTIONS, NEEDS, Dice
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from coder_app.domain.errors import AppError
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify
from coder_app.team import folder as team

MEMBERS = 3


class AnyTeam(RuleBasedStateMachine):
    """Each member sees the folder through a service of their own, which brings files late and in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.members: list[Project] = []

    def seen_by(self, member: int) -> Path:
        return self.root / f"folder{member}"

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        first = Project.create(self.root / "member0.coder", coder="Coder A")
        self.members.append(first)
        dice = Dice(data, first)
        for name in ("sources.import_sources", "codebook.import_codebook", "codings.apply_codes"):
            with suppress(AppError):
                ACTIONS[name](first, dice)
        team.share(first, self.seen_by(0))
        for member in range(1, MEMBERS):
            shutil.copytree(self.seen_by(0), self.seen_by(member))
            self.members.append(team.join(self.seen_by(member), self.root / f"member{member}.coder"))

    def teardown(self) -> None:
        try:
            if len(self.members) == MEMBERS:
                self._all_end_the_same()
        finally:
            for project in self.members:
                project.close()
            shutil.rmtree(self.root)

    def _all_end_the_same(self) -> None:
        for _ in range(2):
            for member, project in enumerate(self.members):
                self._carry(1.0)
                assert team.sync(project).problems == [], member
        self._carry(1.0)
        for project in self.members:
            team.sync(project)
        assert [verify(project.db) for project in self.members] == [[]] * MEMBERS
        assert len({dump(project.db) for project in self.members}) == 1

    def _carry(self, share: float, seed: int = 0) -> None:
        """Bring files from each view of the folder to the others, each with this probability."""
        dice = random.Random(seed)  # noqa: S311 - which files arrive, the same in each run
        for source in map(self.seen_by, range(MEMBERS)):
            for path in sorted(source.rglob("*")):
                for target in map(self.seen_by, range(MEMBERS)):
                    place = target / path.relative_to(source)
                    if path.is_file() and not place.exists() and dice.random() < share:
                        place.parent.mkdir(parents=True, exist_ok=True)
                        shutil.copyfile(path, place)

    @rule(at=st.integers(0, MEMBERS - 1), name=st.sampled_from(sorted(ACTIONS)), data=st.data())
    def edit(self, at: int, name: str, data: st.DataObject) -> None:
        dice = Dice(data, self.members[at])
        if all(dice.ids(table) for table in NEEDS.get(name.split(".")[1], "").split()):
            with suppress(AppError):
                ACTIONS[name](self.members[at], dice)

    @rule(at=st.integers(0, MEMBERS - 1))
    def undo(self, at: int) -> None:
        with suppress(AppError):
            self.members[at].undo()

    @rule(share=st.sampled_from([0.2, 0.6, 1.0]), seed=st.integers(0, 99))
    def service_runs(self, share: float, seed: int) -> None:
        self._carry(share, seed)

    @rule(at=st.integers(0, MEMBERS - 1))
    def sync(self, at: int) -> None:
        team.sync(self.members[at])

    @rule(at=st.integers(0, MEMBERS - 1), seed=st.integers(0, 99))
    def a_file_is_lost(self, at: int, seed: int) -> None:
        files = sorted(self.seen_by(at).glob("changes/*/*"))
        if files:
            files[seed % len(files)].unlink()

    @rule(at=st.integers(0, MEMBERS - 1), seed=st.integers(0, 99))
    def a_file_arrives_in_part_and_then_whole(self, at: int, seed: int) -> None:
        files = sorted(self.seen_by(at).glob("changes/*/*"))
        if files:
            file = files[seed % len(files)]
            data = file.read_bytes()
            file.write_bytes(data[: len(data) // 2])
            team.sync(self.members[at])
            file.write_bytes(data)


# `LONG_TEAMS=500` searches for minutes instead of seconds.
LONG = int(os.environ.get("LONG_TEAMS", "0"))
AnyTeam.TestCase.settings = settings(max_examples=LONG or 8, stateful_step_count=50 if LONG else 20, deadline=None)
TestAnyTeam = AnyTeam.TestCase
