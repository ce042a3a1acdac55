"""Which files of a folder become sources, in which order and under which folder."""

import os
import tempfile
from pathlib import Path

import pytest

from coder_app.domain.errors import ImportProblem
from coder_app.importers.files import files_below, skipped_below


@pytest.fixture
def interviews(tmp_path: Path) -> Path:
    for name in ["10.txt", "2.txt", "b.MD", "A.txt", "2024/x.docx", "2024/deep/y.html", "99/z.pdf"]:
        path = tmp_path / "Interviews" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path / "Interviews"


def places(paths: list[Path], root: Path) -> list[tuple[str, str]]:
    return [(path.relative_to(root).as_posix(), folder) for path, folder in files_below(paths)]


def test_files_are_found_at_every_depth_in_natural_order(interviews: Path) -> None:
    assert places([interviews], interviews) == [
        ("2.txt", "Interviews"),
        ("10.txt", "Interviews"),
        ("A.txt", "Interviews"),
        ("b.MD", "Interviews"),
        ("99/z.pdf", "Interviews/99"),
        ("2024/x.docx", "Interviews/2024"),
        ("2024/deep/y.html", "Interviews/2024/deep"),
    ]


def test_a_folder_given_by_a_short_name_still_has_its_own(interviews: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(interviews / "2024")
    assert [folder for _, folder in files_below([Path()])] == ["2024", "2024/deep"]
    assert next(folder for _, folder in files_below([Path("..")])) == "Interviews"


def test_files_given_by_themselves_come_first_if_given_first_and_each_only_once(interviews: Path) -> None:
    found = places([interviews / "A.txt", interviews, interviews / "2.txt", interviews], interviews)
    assert found[0] == ("A.txt", "")
    assert len(found) == 7
    assert ("2.txt", "Interviews") in found


def test_a_file_given_by_itself_is_taken_whatever_it_is(tmp_path: Path) -> None:
    paths = [tmp_path / "picture.png", tmp_path / "missing.txt", tmp_path / ".hidden"]
    paths[0].touch()
    assert files_below(paths) == [(path, "") for path in paths]
    assert skipped_below(paths) == []


def test_other_formats_are_passed_by_and_reported_and_hidden_files_not_even_that(interviews: Path) -> None:
    for name in ["photo.jpg", ".DS_Store", "~$x.docx", "2024/old.doc", ".git/config.txt"]:
        path = interviews / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert len(files_below([interviews])) == 7
    assert [path.name for path in skipped_below([interviews])] == ["photo.jpg", "old.doc"]


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_links_that_lead_in_a_circle_or_nowhere_end_there(interviews: Path) -> None:
    (interviews / "again").symlink_to(interviews, target_is_directory=True)
    (interviews / "2024" / "up").symlink_to("..", target_is_directory=True)
    (interviews / "self.txt").symlink_to("self.txt")
    (interviews / "broken.txt").symlink_to("nowhere.txt")
    (interviews / "link.txt").symlink_to("A.txt")
    found = [path.name for path, _ in files_below([interviews])]
    assert len(found) == 8
    assert "link.txt" in found
    assert {path.name for path in skipped_below([interviews])} == {"again", "up", "self.txt", "broken.txt"}


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions are another matter here")
def test_a_folder_that_cannot_be_opened_is_refused_not_passed_by() -> None:
    me = os.geteuid()
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "locked").mkdir(mode=0)
        Path(name).chmod(0o755)
        try:
            if me == 0:
                os.seteuid(65534)  # nobody, because no folder is locked to root
            with pytest.raises(ImportProblem, match=r"locked.*cannot be opened"):
                files_below([Path(name)])
        finally:
            if me == 0:
                os.seteuid(me)
            (Path(name) / "locked").chmod(0o700)


def test_deeply_nested_folders_are_no_trouble(tmp_path: Path) -> None:
    folder = tmp_path / "top"
    for _ in range(150):
        folder /= "d"
    folder.mkdir(parents=True)
    (folder / "a.txt").touch()
    assert [place.count("/") for _, place in files_below([tmp_path / "top"])] == [150]
