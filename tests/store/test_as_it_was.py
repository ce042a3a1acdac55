"""The project as it was at any step is what it was then, byte by byte, and cannot be changed."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder_app.domain.errors import AppError, BadInput, ProjectProblem
from coder_app.domain.imported import ImportedText
from coder_app.edits.codes import add_code, delete_codes, describe_code, merge_codes, rename_code
from coder_app.edits.codings import apply_codes, remove_codings
from coder_app.edits.memos import write_memo
from coder_app.edits.sources import import_sources, remove_sources
from coder_app.queries.history import history
from coder_app.queries.overview import overview
from coder_app.store import backup, many, merging
from coder_app.store.as_it_was import as_it_was, step_at
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify

TEXT = "We trusted them. Then the clan came, and nobody trusted anybody. " * 3


def ids(project: Project, table: str) -> list[str]:
    return [row[0] for row in project.rows(f'SELECT id FROM "{table}" ORDER BY id')]


def text(n: int) -> ImportedText:
    return ImportedText(f"{n}.txt", "text", TEXT * n, TEXT.encode(), "text", "1", "utf-8")


def correct(project: Project, n: int) -> None:
    source_id = ids(project, "source")[0]
    with project.edit("Correct"):
        project.update("source", source_id, {"text_hash": project.put_text(TEXT[n:] + "!")})


EDITS = [
    lambda p, n: import_sources(p, [text(1 + n)]),
    lambda p, n: add_code(p, f"Code {n}", (ids(p, "code") or [None])[-1]),
    lambda p, n: apply_codes(p, ids(p, "source")[0], n, n + 9, ids(p, "code")[: 1 + n]),
    lambda p, n: rename_code(p, ids(p, "code")[0], f"Name {n}"),
    lambda p, n: describe_code(p, ids(p, "code")[-1], {"definition": "x" * n}),
    lambda p, n: write_memo(p, "code", ids(p, "code")[0], f"Memo {n}"),
    lambda p, n: remove_codings(p, ids(p, "coding")[: 1 + n]),
    lambda p, _: delete_codes(p, ids(p, "code")[-1:]),
    lambda p, _: merge_codes(p, ids(p, "code")[0], ids(p, "code")[1:2]),
    lambda p, _: remove_sources(p, ids(p, "source")[:1]),
    correct,
    lambda p, _: p.undo(),
    lambda p, _: p.redo(),
]


def run(project: Project, edits: list[tuple[int, int]]) -> dict[str, str]:
    """Make edits and return the dump after each step, by step."""
    dumps = {history(project)[-1].id: dump(project.db)}
    for which, n in [(0, 0), (1, 0), (2, 0), *edits]:
        try:
            EDITS[which](project, n)
        except (AppError, IndexError):
            continue
        dumps.setdefault(history(project)[-1].id, dump(project.db))
    return dumps


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, len(EDITS) - 1), st.integers(0, 3)), max_size=10),
    st.sampled_from([many.PACK_FROM, 1]),
)
def test_every_step_of_any_history_can_be_seen_as_it_was(tmp_path: Path, edits, pack_from):
    old, many.PACK_FROM = many.PACK_FROM, pack_from
    path = tmp_path / "any.coder"
    try:
        with Project.create(path, coder="Ann") as project:
            for step_id, expected in run(project, edits).items():
                with as_it_was(project, step_id) as then:
                    assert dump(then.db) == expected
                    assert verify(then.db) == []
                    assert history(then)[-1].id == step_id
                    assert overview(then).codings == then.rows("SELECT count(*) FROM coding")[0][0]
    finally:
        many.PACK_FROM = old
        path.unlink()


def test_the_copy_cannot_be_changed_and_the_project_goes_on(project):
    add_code(project, "One")
    step = history(project)[-1].id
    with as_it_was(project, step) as then:
        add_code(project, "Two")
        assert ids(then, "code") == ids(project, "code")[:1]
        with pytest.raises(ProjectProblem, match="reading only"):
            add_code(then, "Three")
    assert len(ids(project, "code")) == 2
    assert verify(project.db) == []


def test_a_copy_of_then_is_a_project_that_can_be_opened_and_edited(project, tmp_path):
    add_code(project, "One")
    step = history(project)[-1].id
    expected = dump(project.db)
    add_code(project, "Two")
    with as_it_was(project, step) as then:
        backup.backup(then.db, then.path, tmp_path / "then.coder")
    with Project.open(tmp_path / "then.coder") as opened:
        assert dump(opened.db) == expected
        add_code(opened, "Else")
        assert verify(opened.db) == []
        opened.undo()
        opened.undo()
        assert ids(opened, "code") == []


def test_a_step_that_there_is_not_is_refused(project):
    with pytest.raises(BadInput, match="no step"):
        as_it_was(project, "none")


def test_it_tells_how_far_it_is(project):
    add_code(project, "One")
    told = []
    as_it_was(project, history(project)[0].id, lambda done, of: told.append((done, of))).close()
    assert told[-1][0] == told[-1][1]


def test_a_moment_means_the_last_step_until_then(project):
    add_code(project, "One")
    add_code(project, "Two")
    first, second, third = history(project)
    assert step_at(project, second.made_at) == second.id
    assert step_at(project, "2999-01-01") == third.id
    day = third.made_at[:10]
    assert step_at(project, f"{day}T23:59:59.999+00:00") == third.id
    for moment, said in (("yesterday", "neither"), ("1999-01-01", "begun after")):
        with pytest.raises(BadInput, match=said):
            step_at(project, moment)
    assert first.made_at <= second.made_at


def take_in(project: Project, other: Project) -> None:
    """Merge another copy's steps into a project."""
    ids = list(merging.digests(other.db))
    offered = merging.heads_of(other.db, ids)
    project.take_in(
        lambda: merging.recorded(other.db, ids),
        name="other",
        offered=offered,
        bodies=merging.bodies_missing(project.db, other.db),
    )


def test_steps_of_copies_that_were_merged_are_seen_with_what_they_had_seen(project, tmp_path):
    code_id = add_code(project, "Trust")
    backup.backup(project.db, project.path, tmp_path / "other.coder")
    with Project.open(tmp_path / "other.coder") as other:
        rename_code(project, code_id, "Here")
        here = history(project)[-1].id, dump(project.db)
        rename_code(other, code_id, "There")
        add_code(other, "New", code_id)
        there = history(other)[-1].id, dump(other.db)
        take_in(project, other)
    merged = dump(project.db)
    add_code(project, "After")

    for step_id, expected in (here, there):
        with as_it_was(project, step_id) as then:
            assert dump(then.db) == expected
            assert verify(then.db) == []
    with as_it_was(project, history(project)[-1].id) as then:
        assert dump(then.db) == dump(project.db) != merged
