"""A file is written as a whole or not at all."""

import errno
import os
import stat
from pathlib import Path

import pytest

from coder_app.domain.errors import BadInput
from coder_app.exporters.atomic import written


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_what_was_written_takes_the_place_of_the_old_file(tmp_path: Path):
    target = tmp_path / "table.csv"
    target.write_text("old")
    with written(target) as temporary:
        temporary.write_text("new")
        assert target.read_text() == "old"
        assert temporary.parent == tmp_path
    assert target.read_text() == "new"
    assert _names(tmp_path) == ["table.csv"]


def _fail_inside(target: Path, error: BaseException):
    with written(target) as temporary:
        temporary.write_text("half")
        raise error


@pytest.mark.parametrize("error", [ValueError("odd"), KeyboardInterrupt()])
def test_after_an_error_the_old_file_stands_and_nothing_else_is_left(tmp_path: Path, error: BaseException):
    target = tmp_path / "table.csv"
    target.write_text("old")
    with pytest.raises(type(error)):
        _fail_inside(target, error)
    assert target.read_text() == "old"
    assert _names(tmp_path) == ["table.csv"]


def test_a_full_disk_is_said_in_a_sentence_that_names_the_file(tmp_path: Path):
    target = tmp_path / "table.csv"
    with pytest.raises(BadInput, match=r"table\.csv.*disk is full"):
        _fail_inside(target, OSError(errno.ENOSPC, "No space left on device"))
    assert _names(tmp_path) == []


def test_another_refusal_of_the_system_is_passed_on_in_its_words(tmp_path: Path):
    with pytest.raises(BadInput, match=r"table\.csv.*Input/output error"):
        _fail_inside(tmp_path / "table.csv", OSError(errno.EIO, "Input/output error"))


def test_a_missing_folder_is_refused_before_any_work(tmp_path: Path):
    with pytest.raises(BadInput, match=r"folder does not exist"), written(tmp_path / "gone" / "table.csv"):
        pytest.fail("the body must not run")
    assert not (tmp_path / "gone").exists()


def test_a_folder_is_no_file_to_write_to(tmp_path: Path):
    (tmp_path / "table.csv").mkdir()
    with pytest.raises(BadInput, match=r"is a folder"), written(tmp_path / "table.csv"):
        pytest.fail("the body must not run")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write to everything")
def test_a_write_protected_file_is_kept(tmp_path: Path):
    target = tmp_path / "table.csv"
    target.write_text("precious")
    target.chmod(stat.S_IRUSR)
    with pytest.raises(BadInput, match=r"protected"), written(target) as temporary:
        temporary.write_text("new")
    assert target.read_text() == "precious"


def test_a_link_still_points_to_the_file_that_was_replaced(tmp_path: Path):
    (tmp_path / "real").mkdir()
    link = tmp_path / "link.csv"
    (tmp_path / "real" / "table.csv").write_text("old")
    link.symlink_to(tmp_path / "real" / "table.csv")
    with written(link) as temporary:
        temporary.write_text("new")
    assert link.is_symlink()
    assert (tmp_path / "real" / "table.csv").read_text() == "new"
