"""What Undo and Redo take back next, whatever was done and taken back before, and how little it costs to know."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.domain.errors import UndoRefused
from coder_app.edits.codes import add_code
from coder_app.store.project import Project


def labels(project: Project) -> tuple[str | None, str | None]:
    return project.undo_label(), project.redo_label()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(("edit", "undo", "undo", "redo")), max_size=25), st.booleans())
def test_undo_and_redo_name_what_two_stacks_would(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[str], is_asked: bool
) -> None:
    done: list[str] = []
    undone: list[str] = []
    with Project.create(tmp_path_factory.mktemp("project") / "p.coder", coder="Ana") as project:
        for number, deed in enumerate(deeds):
            if deed == "edit":
                add_code(project, f"code {number}")
                done.append(project.undo_label() or "")
                assert str(number) in done[-1]
                undone.clear()
            elif deed == "undo" and done:
                assert project.undo() == done[-1]
                undone.append(done.pop())
            elif deed == "redo" and undone:
                assert project.redo() == undone[-1]
                done.append(undone.pop())
            else:
                with pytest.raises(UndoRefused):
                    getattr(project, deed)()
            if is_asked:
                assert labels(project) == (done[-1] if done else None, undone[-1] if undone else None)
        now = labels(project)
        with Project.open(project.path, write=False) as afresh:
            assert labels(afresh) == now == (done[-1] if done else None, undone[-1] if undone else None)


@pytest.mark.parametrize("pairs", ["one after the other", "one within the other", "of one step"])
def test_what_was_taken_back_before_does_not_make_the_next_step_slower(tmp_path: Path, pairs: str) -> None:
    asked: list[str] = []
    with Project.create(tmp_path / "p.coder", coder="Ana") as project:
        project.db.conn.execute("PRAGMA synchronous = OFF")

        def cost() -> int:
            asked.clear()
            project.db.conn.set_trace_callback(asked.append)
            labels(project)
            project.db.conn.set_trace_callback(None)
            return len(asked)

        add_code(project, "first")
        for number in range(40):
            add_code(project, f"code {number}")
            if pairs == "one after the other":
                project.undo()
                labels(project)
        if pairs == "one within the other":
            for _ in range(40):
                project.undo()
        for _ in range(40) if pairs == "of one step" else ():
            project.undo()
            labels(project)
            project.redo()
            labels(project)
        assert cost() <= 12
        add_code(project, "last")
        assert project.undo() == "Add code “last”"
        assert cost() <= 12
