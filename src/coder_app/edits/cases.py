"""What a user can do with cases, and with what belongs to them."""

from collections.abc import Sequence
from pathlib import PurePath

from coder_app.domain.change import Row
from coder_app.domain.ids import new_id
from coder_app.domain.order import key_between, keys_after
from coder_app.edits.codings import check_range, delete_bare_segments, segment_at
from coder_app.edits.memos import remove_members
from coder_app.edits.naming import checked_name, name_of, shared_id
from coder_app.store.project import Project


def add_case(project: Project, name: str, description: str = "") -> str:
    """Add a case behind the others and return its id. Raises BadInput where there is one of that name."""
    name = checked_name(project, "case", name)
    with project.edit(f"Add case “{name}”"):
        return insert_case(project, name, description)


def insert_case(project: Project, name: str, description: str = "") -> str:
    """Insert a case behind the others, within a step, and return its id."""
    last = project.rows('SELECT max(order_key) FROM "case"')[0][0]
    case_id = new_id()
    row: Row = {"id": case_id, "name": name, "description": description.strip(), "order_key": key_between(last, None)}
    project.insert("case", row)
    return case_id


def add_case_for_each(project: Project, source_ids: Sequence[str]) -> list[str]:
    """Make a case of each source, named as it is without its suffix, and return the cases' ids, as one step.

    A case that has the name already gets the source.
    """
    known = {name.casefold(): case_id for case_id, name in project.rows('SELECT id, name FROM "case"')}
    named = {one: PurePath(name_of(project, "source", one)).stem for one in source_ids}
    fresh = list(dict.fromkeys(name for name in named.values() if name.casefold() not in known))
    last = project.rows('SELECT max(order_key) FROM "case"')[0][0]
    with project.edit(f"Make {len(source_ids)} cases of sources" if len(source_ids) > 1 else "Make a case of a source"):
        rows: list[Row] = [
            {"id": new_id(), "name": name, "description": "", "order_key": key}
            for name, key in zip(fresh, keys_after(last, len(fresh)), strict=True)
        ]
        known |= {str(row["name"]).casefold(): str(row["id"]) for row in rows}
        project.insert_many("case", rows)
        cases = {one: known[name.casefold()] for one, name in named.items()}
        _insert_members(project, [(case_id, "source_id", one) for one, case_id in cases.items()])
    return list(dict.fromkeys(cases.values()))


def rename_case(project: Project, case_id: str, name: str) -> None:
    """Give a case another name. Raises BadInput where another case has it."""
    name = checked_name(project, "case", name, but=case_id)
    with project.edit(f"Rename case “{name}”"):
        project.update("case", case_id, {"name": name})


def describe_case(project: Project, case_id: str, description: str) -> None:
    """Say what a case is."""
    with project.edit(f"Describe case “{name_of(project, 'case', case_id)}”"):
        project.update("case", case_id, {"description": description.strip()})


def delete_cases(project: Project, case_ids: Sequence[str]) -> None:
    """Delete cases with their values and memos, as one step; sources, passages and their codings stay."""
    name = name_of(project, "case", case_ids[0])
    with project.edit(f"Delete case “{name}”" if len(case_ids) == 1 else f"Delete {len(case_ids)} cases"):
        memos = project.ids("SELECT id FROM memo WHERE case_id IN {among}", case_ids)
        remove_members(project, "memo_id", memos)
        project.delete("memo", memos)
        project.delete(
            "variable_value", project.ids("SELECT id FROM variable_value WHERE case_id IN {among}", case_ids)
        )
        _remove_members(project, project.ids("SELECT id FROM case_member WHERE case_id IN {among}", case_ids))
        project.delete("case", case_ids)


def put_sources(project: Project, case_id: str, source_ids: Sequence[str]) -> None:
    """Let whole sources belong to a case; those that do already stay as they are."""
    name = name_of(project, "case", case_id)
    what = "a source" if len(source_ids) == 1 else f"{len(source_ids)} sources"
    with project.edit(f"Put {what} into case “{name}”"):
        _insert_members(project, [(case_id, "source_id", one) for one in source_ids])


def put_segments(project: Project, case_id: str, segment_ids: Sequence[str]) -> None:
    """Let segments belong to a case, such as what one person says in a discussion."""
    name = name_of(project, "case", case_id)
    what = "a passage" if len(segment_ids) == 1 else f"{len(segment_ids)} passages"
    with project.edit(f"Put {what} into case “{name}”"):
        _insert_members(project, [(case_id, "segment_id", one) for one in segment_ids])


def put_passage(project: Project, case_id: str, source_id: str, start: int, stop: int) -> None:
    """Let the range [start, stop) of a source belong to a case, as a segment of the present coder.

    Raises BadInput where the range is not in the text.
    """
    check_range(project, source_id, start, stop)
    name = name_of(project, "case", case_id)
    with project.edit(f"Put a passage into case “{name}”"):
        segment_id = segment_at(project, source_id, start, stop, str(project.coder_id))
        _insert_members(project, [(case_id, "segment_id", segment_id)])


def take_out_of_case(project: Project, member_ids: Sequence[str]) -> None:
    """Take members (ids of case_member) out of their cases; segments that carry nothing else go."""
    found = project.ids("SELECT case_id FROM case_member WHERE id IN {among}", member_ids)
    if not found:
        return
    what = "a member" if len(found) == 1 else f"{len(found)} members"
    of = f"case “{name_of(project, 'case', found[0])}”" if len(set(found)) == 1 else "cases"
    with project.edit(f"Take {what} out of {of}"):
        _remove_members(project, member_ids)


def take_sources_out(project: Project, case_id: str, source_ids: Sequence[str]) -> None:
    """Take whole sources out of a case; passages of them that belong to it stay in it."""
    own = "SELECT id FROM case_member WHERE source_id IN {among}"
    of_case = {row[0] for row in project.rows("SELECT id FROM case_member WHERE case_id = ?", (case_id,))}
    take_out_of_case(project, [one for one in project.ids(own, source_ids) if one in of_case])


def _insert_members(project: Project, new: Sequence[tuple[str, str, str]]) -> None:
    """Insert (case, column, id) as far as they are not there."""
    cases = dict.fromkeys(case_id for case_id, _, _ in new)
    there = {
        (case_id, source_id or segment_id)
        for one in cases
        for case_id, source_id, segment_id in project.rows(
            "SELECT case_id, source_id, segment_id FROM case_member WHERE case_id = ?", (one,)
        )
    }
    rows: list[Row] = [
        {
            "id": shared_id(project, "case_member", case_id, one),
            "case_id": case_id,
            "source_id": one if column == "source_id" else None,
            "segment_id": one if column == "segment_id" else None,
        }
        for case_id, column, one in dict.fromkeys(new)
        if (case_id, one) not in there
    ]
    project.insert_many("case_member", rows)


def _remove_members(project: Project, member_ids: Sequence[str]) -> None:
    segments = project.ids(
        "SELECT segment_id FROM case_member WHERE id IN {among} AND segment_id IS NOT NULL", member_ids
    )
    project.delete("case_member", member_ids)
    delete_bare_segments(project, sorted(set(segments)))
