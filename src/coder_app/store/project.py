"""A project that is open: the one door to its file, for reading, for steps that change it, for undo."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from sqlite_utils import Database

from coder_app.domain.change import ChangeSet, Row, Step, Value
from coder_app.domain.errors import AppError, Cancelled, ProjectLocked, ProjectProblem, UndoRefused
from coder_app.domain.ids import new_id
from coder_app.domain.progress import OnProgress, tell_nobody
from coder_app.i18n import tr
from coder_app.store import backup, database, driver, journal, many, media, merging, refusals, rows, steps, undo
from coder_app.store.lock import WriteLock

_INSTRUCTIONS = 10_000
"""So many of SQLite's instructions, about a millisecond, pass between two looks whether to go on."""


class Project:
    """An open project. Made by `create`, `open` or `open_or_read`; a context manager that closes it."""

    def __init__(self, path: Path, db: Database, *, writable: bool, lock: WriteLock | None = None) -> None:
        self.path = path
        self.db = db
        self.writable = writable
        self._lock = lock
        self._depth = 0
        self._step_id = ""
        self._stopped: Callable[[], bool] | None = None
        self._subscribers: list[Callable[[ChangeSet], None]] = []
        self.coder_id = self._remembered_coder()

    @classmethod
    def create(
        cls, path: Path, *, name: str = "", coder: str = "", fill: "Callable[[Project], None] | None" = None
    ) -> Self:
        """Make a project file, complete or not at all, and open it; `fill` writes its first content.

        Raises ProjectProblem where the path exists or cannot be written to.
        """
        temporary = database.create_file(path)
        try:
            with cls(temporary, database.open_file(temporary, write=True), writable=True) as project:
                project._begin(name or path.stem, coder or tr("Coder 1"))
                if fill is not None:
                    fill(project)
        except BaseException:
            database.discard(temporary)
            raise
        database.put_in_place(temporary, path)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, write: bool = True, lenient: bool = False) -> Self:
        """Open a project file.

        Raises ProjectLocked where somebody else writes to it, ProjectProblem where it is none.
        """
        database.check_path(path)
        lock = WriteLock(path) if write else None
        db = None
        try:
            db = database.open_file(path, write=write, lenient=lenient, before_migration=backup.before_migration)
            return cls(path, db, writable=write, lock=lock)
        except BaseException:
            if db is not None:
                db.conn.close()
            if lock is not None:
                lock.release()
            raise

    @classmethod
    def open_or_read(cls, path: Path) -> tuple[Self, str]:
        """Open for writing, or else for reading with the sentence that says why."""
        try:
            return cls.open(path), ""
        except ProjectLocked as error:
            return cls.open(path, write=False), str(error)
        except ProjectProblem as error:
            return cls.open(path, write=False), str(error)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and give back the lock; closing twice does no harm."""
        if self.writable:
            # Takes the empty rollback journal away, so that the project is one file again.
            with suppress(driver.OperationalError, driver.ProgrammingError):
                self.db.conn.execute("PRAGMA journal_mode = DELETE")
        self.db.conn.close()
        if self._lock is not None:
            self._lock.release()

    def _begin(self, name: str, coder: str) -> None:
        with self.edit("New project", step=Step.NEW):
            coder_id = new_id()
            self.insert("project", {"id": new_id(), "name": name, "description": "", "created_at": journal.now_utc()})
            self.insert("coder", {"id": coder_id, "name": coder})
            journal.write_local(self.db, "coder_id", coder_id)

    def _remembered_coder(self) -> str | None:
        found = self.rows(
            "SELECT id FROM coder ORDER BY id = (SELECT value FROM local WHERE name = 'coder_id') DESC, id LIMIT 1"
        )
        return found[0][0] if found else None

    def work_as(self, coder_id: str) -> None:
        """Make `coder_id` the coder of the steps to come, also when this copy is opened again."""
        if self.writable:
            try:
                journal.write_local(self.db, "coder_id", coder_id)
            except driver.OperationalError as error:
                raise AppError(refusals.disk_message(self.path, error)) from error
        self.coder_id = coder_id

    def rows(self, sql: str, parameters: Sequence[Value] | dict[str, Value] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a SELECT. Raises ProjectProblem where the file turns out to be damaged or gone."""
        return list(self.each(sql, parameters))

    def each(self, sql: str, parameters: Sequence[Value] | dict[str, Value] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a SELECT one by one, for results too large for a list. Raises as `rows` does."""
        with database.in_words(self.path):
            yield from self.db.conn.execute(sql, parameters)

    def ids(self, sql: str, among: Iterable[str]) -> list[str]:
        """Return the first column of a SELECT in which `IN {among}` stands for these ids, however many they are.

        They are asked for in portions, so the SELECT must answer for each id alone.
        """
        statement = sql.format(among=many.AMONG)
        found = (self.each(statement, (many.id_list(chunk),)) for chunk in many.chunks(among))
        return [row[0] for rows_ in found for row in rows_]

    def text(self, text_hash: str) -> str:
        """Return the canonical text with this hash."""
        return media.get_text(self.db, text_hash)

    def original(self, digest: str) -> bytes:
        """Return the bytes of the stored file with this hash."""
        return media.get_bytes(self.db, digest)

    def put_text(self, text: str) -> str:
        """Store a canonical text, within a step, and return its hash."""
        return media.put_text(self.db, text)

    def put_bytes(self, data: bytes) -> str:
        """Store a file's bytes, within a step, and return their hash."""
        return media.put_bytes(self.db, data)

    def insert(self, table: str, row: Row) -> None:
        """Insert one row, within a step."""
        rows.insert_many(self.db, table, [row])

    def insert_many(self, table: str, new: Iterable[Row]) -> None:
        """Insert rows with the same columns, within a step."""
        rows.insert_many(self.db, table, new)

    def update(self, table: str, row_id: str, values: Row) -> None:
        """Set some fields of one row, within a step."""
        rows.update(self.db, table, row_id, values)

    def update_many(self, table: str, ids: Iterable[str], values: Row, on_progress: OnProgress = tell_nobody) -> None:
        """Set some fields of many rows to the same values, within a step."""
        rows.update_many(self.db, table, ids, values, on_progress)

    def confirm(self, table: str, row_id: str, fields: Sequence[str]) -> None:
        """Say, within a step, that these fields of a row are meant to be what they are: it settles conflicts."""
        rows.confirm(self.db, table, row_id, fields)

    def delete(self, table: str, ids: Iterable[str], on_progress: OnProgress = tell_nobody) -> None:
        """Delete rows by id, within a step."""
        rows.delete_many(self.db, table, ids, on_progress)

    @property
    def in_step(self) -> bool:
        """Whether a step is open, so that an edit would join it."""
        return self._depth > 0

    def subscribe(self, callback: Callable[[ChangeSet], None]) -> Callable[[], None]:
        """Call `callback` after each step with what it did; the returned function ends that."""
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback)

    @contextmanager
    def edit(self, label: str, *, step: Step = Step.EDIT, undoes: str | None = None) -> Generator[None]:
        """Make everything written inside one step: kept and journaled together, or not at all.

        An edit within an edit joins it. After the commit the change set goes to all subscribers.
        Raises ProjectProblem in a project that is open for reading only, and AppError where the
        disk refuses; in both cases nothing was changed.
        """
        if self._depth:
            with self.db.atomic():
                yield
            return
        self._refuse_reading()
        with self._whole() as result:
            self._step_id = steps.open_step(self.db, self.path)
            yield
            done = steps.close_step(
                self.db, self._step_id, step=step, label=label, coder_id=self.coder_id, undoes=undoes
            )
            result.extend([done] if done else [])

    def _refuse_reading(self) -> None:
        if not self.writable:
            raise ProjectProblem(tr("{file} is open for reading only; nothing was changed.", file=self.path.name))

    @contextmanager
    def _whole(self) -> Generator[list[ChangeSet]]:
        """Keep everything written inside or nothing; what is put into the list is told after the commit.

        Where nothing is put there, nothing is kept.
        """
        done: list[ChangeSet] = []
        try:
            driver.hold_in_memory(self.db.conn, step=True)
            self.db.conn.execute("BEGIN IMMEDIATE")
            self._depth = 1
            yield done
            self.db.conn.execute("COMMIT" if done else "ROLLBACK")
        except BaseException as error:
            self._roll_back()
            if done and self._stands(done[0]):
                self._depth = 0
                self._tell(done[0])
                raise AppError(refusals.kept_message(self.path, error)) from error
            if self._stopped is not None and self._stopped():
                # Whatever the error says, it comes from the statement that was broken off.
                raise Cancelled from error
            refusals.raise_in_words(self.path, error)
            raise
        finally:
            self._depth = 0
            driver.hold_in_memory(self.db.conn, step=False)
        for change in done:
            self._tell(change)

    @contextmanager
    def stoppable(self, stopped: Callable[[], bool]) -> Generator[None]:
        """Break off the statement that runs as soon as `stopped()`, which is asked about every millisecond.

        A step that is open is then taken back whole, and Cancelled raised. `stopped` may not use the project.
        """
        self._stopped = stopped
        self.db.conn.set_progress_handler(stopped, _INSTRUCTIONS)
        try:
            yield
        finally:
            self.db.conn.set_progress_handler(None, 0)
            self._stopped = None

    def _tell(self, done: ChangeSet) -> None:
        if done.touches("coder") and not self.rows("SELECT 1 FROM coder WHERE id = ?", (self.coder_id,)):
            # The coder at work was taken back; the next coding needs one that is there.
            self.coder_id = self._remembered_coder()
        for callback in tuple(self._subscribers):
            callback(done)

    def _roll_back(self) -> None:
        # Where even this fails SQLite keeps the journal and rolls back when the file is next opened.
        with suppress(driver.OperationalError):
            if self.db.conn.in_transaction:
                self.db.conn.execute("ROLLBACK")

    def _stands(self, change: ChangeSet) -> bool:
        # A disk that fails in the very last sync of a commit fails when the file holds the step already.
        with suppress(driver.DatabaseError):
            if change.step is Step.MERGE:
                return merging.is_merge(self.db, change.id) == (change.undoes is None)
            found = self.db.conn.execute("SELECT 1 FROM change_set WHERE id = ?", (change.id,)).fetchone()
            return found is not None
        return False

    def undo_label(self) -> str | None:
        """Return what Undo would take back, in words, or None."""
        target = self._target(undo.undo_target)
        return undo.label_of(self.db, target) if target else None

    def redo_label(self) -> str | None:
        """Return what Redo would do again, in words, or None."""
        target = self._target(undo.redo_target)
        return undo.label_of(self.db, target) if target else None

    def _target(self, find: Callable[[Database], str | None]) -> str | None:
        with database.in_words(self.path):
            return find(self.db)

    def undo_size(self) -> int:
        """Return how many rows Undo would write or place anew, 0 where there is nothing to undo."""
        with database.in_words(self.path):
            return undo.size_of(self.db, undo.undo_target(self.db))

    def redo_size(self) -> int:
        """Return how many rows Redo would write or place anew, 0 where there is nothing to redo."""
        with database.in_words(self.path):
            return undo.size_of(self.db, undo.redo_target(self.db))

    def undo(self, on_progress: OnProgress | None = None) -> str:
        """Take the last step back and return its label. Raises UndoRefused where there is none.

        `on_progress` is told (done, all) where the step is large, and may raise Cancelled.
        """
        target = self._target(undo.undo_target)
        if target is None:
            raise UndoRefused(tr("There is nothing to undo."))
        if merging.is_merge(self.db, target):
            return self.take_out(target)
        return self._take_back(target, Step.UNDO, on_progress)

    def redo(self, on_progress: OnProgress | None = None) -> str:
        """Do the step again that Undo took back last. Raises UndoRefused where there is none."""
        target = self._target(undo.redo_target)
        if target is None:
            raise UndoRefused(tr("There is nothing to redo."))
        return self._take_back(target, Step.REDO, on_progress)

    def revert(self, change_set_id: str, on_progress: OnProgress | None = None) -> str:
        """Take one older step back, whatever came since, and return its label.

        Raises UndoRefused, with the later steps named, where these build on it.
        """
        return self._take_back(change_set_id, Step.REVERT, on_progress)

    def _take_back(self, change_set_id: str, step: Step, on_progress: OnProgress | None) -> str:
        label = undo.label_of(self.db, change_set_id)
        own = f"Revert: {label}" if step is Step.REVERT else label
        with self.edit(own, step=step, undoes=change_set_id):
            plan = undo.reverse(self.db, change_set_id, on_progress)
            if step is Step.REVERT and plan.is_empty():
                raise UndoRefused(tr("“{label}” has been taken back already; nothing was changed.", label=label))
            undo.apply_plan(self.db, plan, on_progress)
        return label

    def scratch(self, on_progress: OnProgress | None = None) -> "Project":
        """Return a copy that may be changed and is thrown away when it is closed, to try what a step would do.

        It is made as `snapshot` makes one.
        """
        copy = database.snapshot(self.db, self.path, on_progress)
        copy.conn.executescript("PRAGMA query_only = OFF; PRAGMA trusted_schema = ON")
        return Project(self.path, copy, writable=True)

    def take_in(
        self,
        recorded: "Callable[[], Iterable[merging.Recorded]]",
        *,
        name: str,
        offered: Sequence[str],
        bodies: "merging.Bodies",
        on_progress: OnProgress | None = None,
    ) -> merging.TakenIn:
        """Join another copy's change sets to this one's, as one step of Undo, and return what came of it.

        `name` says where they come from, `offered` are the last steps of that copy. Raises DamagedProject where
        a step or a text is not what was written; nothing is changed then.
        """
        self._refuse_reading()
        with self._whole() as done:
            merging.put_bodies(self.db, bodies)
            taken = merging.take_in(self.db, recorded(), name=name, offered=offered, on_progress=on_progress)
            steps.follow(self.db, taken.parts)
            if taken.steps:
                done.append(self._merge_step(taken.merge_id, None, taken.parts))
        return taken

    def take_out(self, merge_id: str) -> str:
        """Take a merge out again, journal and all, and return its label.

        Raises UndoRefused where work that was done since builds on it.
        """
        self._refuse_reading()
        label = undo.label_of(self.db, merge_id)
        with self._whole() as done:
            parts = merging.take_out(self.db, merge_id)
            steps.follow(self.db, parts)
            done.append(self._merge_step(merge_id, merge_id, parts))
        return label

    def _merge_step(self, merge_id: str, undoes: str | None, parts: steps.Parts) -> ChangeSet:
        label = undo.label_of(self.db, merge_id)
        return ChangeSet(merge_id, label, Step.MERGE, None, journal.now_utc(), undoes, parts)

    def snapshot(self, on_progress: OnProgress | None = None) -> "Project":
        """Return a copy of the project as it is now, in a nameless file that vanishes when it is closed.

        Another thread may make it and read it while this one goes on: it is copied some pages at a time through
        the project's own connection, which puts every later change into the copy as well and never waits for a
        lock. `on_progress` is told (done, all) and may raise Cancelled. Raises ProjectProblem where the file
        cannot be read or the disk has no room.
        """
        return Project(self.path, database.snapshot(self.db, self.path, on_progress), writable=False)
