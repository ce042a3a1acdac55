"""What a merge says of itself: each thing that comes in, by copy, kind and coder, and what became of texts."""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from coder_app.domain.errors import AnotherProject, AppError, Cancelled, ProjectProblem
from coder_app.domain.imported import ImportedText
from coder_app.edits.coders import add_coder
from coder_app.edits.codes import add_code, delete_codes, describe_code, move_codes
from coder_app.edits.codings import apply_code, move_segment, quote, remove_codings
from coder_app.edits.memos import write_memo
from coder_app.edits.sources import import_sources, remove_sources
from coder_app.edits.texts import correct_text
from coder_app.exporters.merge_report import write_merge_report
from coder_app.queries.align import several_projects
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.team.merge import Report, merge, merge_aligned, preview
from coder_app.team.report_tables import report_tables

TEXT = "We trusted them. Then the clan came.\nNobody trusts the police. They came twice.\n"


def text(name: str, words: str = TEXT) -> ImportedText:
    return ImportedText(name, "text", words, words.encode(), "text", "1", "utf-8")


@pytest.fixture
def team(tmp_path: Path):
    """A project of Ana's, closed copies of it for Ben and Cem, and what is in it by name."""
    with Project.create(tmp_path / "ana.coder", name="Study", coder="Ana") as ana:
        (source,) = import_sources(ana, [text("One.txt")])
        trust = add_code(ana, "Trust")
        work = add_code(ana, "Work")
        coding = apply_code(ana, source, 0, 16, trust)
        made = SimpleNamespace(ana=ana, source=source, trust=trust, work=work, coding=coding)
        made.ben, made.cem = tmp_path / "ben.coder", tmp_path / "cem.coder"
        for path in (made.ben, made.cem):
            ana.db.conn.execute("VACUUM INTO ?", (str(path),))
        yield made


def told(report: Report) -> list[tuple[str, str, str, str, str, int]]:
    return [(item.copy, item.kind, item.how, item.what, item.coder, item.rows) for item in report.items]


def test_each_copy_says_what_it_brings_and_codings_are_counted_by_source_and_coder(team) -> None:
    with Project.open(team.ben) as ben:
        ben.work_as(add_coder(ben, "Ben"))
        for start in (0, 17, 37):
            apply_code(ben, team.source, start, start + 10, team.trust)
        quote(ben, team.source, 40, 50)
    with Project.open(team.cem) as cem:
        import_sources(cem, [text("Two.txt", "Another text.\n")])
        family = add_code(cem, "Family", team.trust)
        write_memo(cem, "code", family, "What is family?")
        remove_codings(cem, [team.coding])
    report = merge(team.ana, [team.ben, team.cem])
    assert told(report) == [
        ("ben.coder", "coding", "added", "One.txt", "Ben", 3),
        ("ben.coder", "segment", "added", "One.txt", "Ben", 1),
        ("ben.coder", "coder", "added", "Ben", "", 1),
        ("cem.coder", "source", "added", "Two.txt", "", 1),
        ("cem.coder", "code", "added", "Trust > Family", "", 1),
        ("cem.coder", "coding", "removed", "One.txt", "Ana", 1),
        ("cem.coder", "memo", "added", "What is family?", "", 1),
    ]
    assert [(one.file, one.steps, one.coders) for one in report.copies] == [
        ("ben.coder", 5, ("Ana", "Ben")),
        ("cem.coder", 4, ("Ana",)),
    ]


def test_a_changed_thing_says_the_field_with_both_values(team) -> None:
    with Project.open(team.ben) as ben:
        describe_code(ben, team.trust, {"definition": "Relying on others"})
        move_codes(ben, [team.work], team.trust)
    (trust, work) = merge(team.ana, [team.ben]).items
    assert (trust.what, trust.fields) == ("Trust", (("Definition", "", "Relying on others"),))
    assert work.what == "Trust > Work"
    assert ("Under", "(none)", "Trust") in work.fields


def test_removed_things_are_told_by_the_names_that_they_had(team) -> None:
    child = add_code(team.ana, "Family", team.trust)
    shutil.copyfile(team.ana.path, team.ben)
    with Project.open(team.ben) as ben:
        delete_codes(ben, [child])
        remove_sources(ben, [team.source])
    items = merge(team.ana, [team.ben]).items
    assert [(one.kind, one.how, one.what, one.coder) for one in items] == [
        ("source", "removed", "One.txt", ""),
        ("code", "removed", "Trust > Family", ""),
        ("coding", "removed", "One.txt", "Ana"),
    ]


def test_moved_borders_are_counted_and_what_both_brought_is_told_once(team) -> None:
    segment = team.ana.rows("SELECT segment_id FROM coding WHERE id = ?", (team.coding,))[0][0]
    with Project.open(team.ben) as ben:
        move_segment(ben, segment, 0, 10)
    shutil.copyfile(team.ben, team.cem)
    report = merge(team.ana, [team.ben, team.cem])
    assert told(report) == [("ben.coder", "segment", "changed", "One.txt", "Ana", 1)]
    assert [one.steps for one in report.copies] == [1, 0]


@pytest.mark.parametrize("corrected_here", [True, False])
def test_a_corrected_text_says_what_became_of_its_segments_whoever_corrected_it(corrected_here, team) -> None:
    corrected = TEXT.replace("them. Then", "them. Indeed. Then").replace("They came twice.", "")
    with Project.open(team.ben) as ben:
        mine, theirs = (team.ana, ben) if corrected_here else (ben, team.ana)
        correct_text(mine, team.source, corrected)
        for start, stop in ((17, 36), (37, 62), (63, 79)):
            apply_code(theirs, team.source, start, stop, team.work)
    (one,) = merge(team.ana, [team.ben]).texts
    assert one.source == "One.txt"
    assert one.unchanged + one.moved + one.to_check == 4
    assert (one.unchanged >= 1, one.moved >= 1, one.to_check) == (True, True, 1)


def test_a_text_that_was_corrected_in_both_alike_or_nowhere_is_not_told(team) -> None:
    with Project.open(team.ben) as ben:
        apply_code(ben, team.source, 17, 36, team.work)
    assert merge(team.ana, [team.ben]).texts == []


def test_a_preview_says_what_the_merge_says_and_writes_nothing(team) -> None:
    with Project.open(team.ben) as ben:
        add_code(ben, "Family", team.trust)
        describe_code(ben, team.trust, {"definition": "Ben's"})
    describe_code(team.ana, team.trust, {"definition": "Ana's"})
    before = team.ana.path.read_bytes()
    tried = preview(team.ana, [team.ben])
    assert team.ana.path.read_bytes() == before
    done = merge(team.ana, [team.ben])
    assert (tried.items, tried.copies, tried.texts) == (done.items, done.copies, done.texts)
    assert [one.sides for one in tried.new_conflicts] == [one.sides for one in done.new_conflicts]


def test_a_preview_can_be_stopped(team) -> None:
    with pytest.raises(Cancelled):
        preview(team.ana, [team.ben], on_progress=_stop)


def _stop(_done: int, _of: int) -> None:
    raise Cancelled


def test_another_project_is_told_apart_and_what_is_double_is_told_once_after_aligning(team, tmp_path) -> None:
    other = tmp_path / "other.coder"
    with Project.create(other, name="Study", coder="Dana") as dana:
        (source,) = import_sources(dana, [text("One.txt")])
        apply_code(dana, source, 0, 16, add_code(dana, "Trust"))
        add_code(dana, "Only hers")
    with pytest.raises(AnotherProject):
        preview(team.ana, [other])
    tried = preview(team.ana, [other], strangers=True)
    done = merge_aligned(team.ana, [other])
    assert tried.aligned == done.aligned == (1, 1)
    assert told(tried) == told(done)
    assert [(one.kind, one.how, one.what) for one in done.items] == [
        ("code", "added", "Only hers"),
        ("coding", "added", "One.txt"),
        ("coder", "added", "Dana"),
    ]
    assert len(several_projects(team.ana)) == 1


@pytest.mark.parametrize("suffix", [".html", ".csv", ".json", ".xlsx"])
def test_a_report_is_kept_as_a_file(suffix, team, tmp_path) -> None:
    with Project.open(team.ben) as ben:
        add_code(ben, "<b>Family</b>", team.trust)
        describe_code(ben, team.trust, {"definition": "Ben's"})
    describe_code(team.ana, team.trust, {"definition": "Ana's"})
    path = tmp_path / f"report{suffix}"
    write_merge_report(path, *report_tables(team.ana, merge(team.ana, [team.ben])))
    if suffix == ".xlsx":
        assert path.stat().st_size > 1_000
        return
    written = path.read_text(encoding="utf-8-sig")
    assert ("&lt;b&gt;Family&lt;/b&gt;" if suffix == ".html" else "<b>Family</b>") in written
    if suffix == ".json":
        tables = {table["title"]: table["rows"] for table in json.loads(written)["tables"]}
        assert [row["value"] for row in tables["Undecided"]] == ["Ben's", "Ana's"]
        assert tables["Copies"][0]["steps"] == 2


def test_a_damaged_copy_is_found_before_anything_is_said_of_it(team) -> None:
    data = bytearray(team.ben.read_bytes())
    page = len(data) // 2 // 4096 * 4096
    data[page : page + 64] = b"\xff" * 64
    team.ben.write_bytes(data)
    with pytest.raises(ProjectProblem, match="ben.coder"):
        preview(team.ana, [team.ben])


def test_where_aligning_fails_the_merge_is_taken_out_again(team, tmp_path, monkeypatch) -> None:
    other = tmp_path / "other.coder"
    Project.create(other, name="Study", coder="Dana").close()
    before = dump(team.ana.db)

    def full(_: Project) -> tuple[int, int]:
        raise AppError("the disk is full")

    monkeypatch.setattr("coder_app.team.merge.align", full)
    with pytest.raises(AppError, match="full"):
        merge_aligned(team.ana, [other])
    assert dump(team.ana.db) == before
