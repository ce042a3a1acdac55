"""The log says where an error arose, never a word of a text, and grows no further than it may."""

from pathlib import Path

import pytest

from coder_app import crash_log


def _error() -> ValueError:
    error = ValueError("words of an interview")
    try:
        {}["Mrs Smith"]
    except KeyError as cause:
        error.__cause__ = cause
    return error


def test_a_report_names_types_and_places_but_no_words() -> None:
    told = crash_log.report(_error())
    assert "ValueError" in told
    assert "KeyError" in told
    assert "_error" in told
    assert "interview" not in told
    assert "Smith" not in told


def test_reports_are_added_to_the_log() -> None:
    path = crash_log.write(_error())
    assert path == crash_log.log_path()
    before = path.read_text(encoding="utf-8").count("ValueError")
    crash_log.write(_error())
    assert path.read_text(encoding="utf-8").count("ValueError") == before + 1
    assert "ERROR" in path.read_text(encoding="utf-8")


def test_where_no_log_can_be_written_nothing_else_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    for variable in ("XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(blocked))
    if crash_log.log_path().is_relative_to(blocked):
        assert crash_log.write(_error()) is None


def test_the_log_does_not_grow_for_ever() -> None:
    path = crash_log.log_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x" * 600_000, encoding="utf-8")
    crash_log.write(_error())
    assert path.stat().st_size < 10_000
