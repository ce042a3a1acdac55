"""The program as a process: exit codes, encodings, pipes, what it imports, and the border that catches the rest."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import coder_app
from coder_app.cli.program import main, program

ROOT = Path(__file__).parents[2]
DOCUMENTATION = ROOT / "docs" / "command-line.md"


def started(*arguments, cwd=None, **environment):
    """Run the real program in a folder of its own, away from the checkout."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON", "QT_"))}
    return subprocess.run(
        [sys.executable, "-m", "coder_app", *map(str, arguments)],
        env={**inherited, "PYTHONPATH": str(ROOT / "src"), **environment},
        cwd=cwd,
        capture_output=True,
        check=False,
    )


def commands(group, above=""):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} ")
        else:
            yield f"{above}{name}", command


def test_the_whole_job_runs_in_any_folder_with_relative_paths(tmp_path, files):
    assert started("new", "a.coder", cwd=tmp_path).returncode == 0
    assert started("import", "a.coder", "files/market.txt", cwd=tmp_path).returncode == 0
    answer = started("text", "../a.coder", "market.txt", cwd=files)
    assert (answer.returncode, answer.stderr) == (0, b"")
    assert answer.stdout == (files / "market.txt").read_bytes()


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}]
)
def test_stdout_is_utf_8_whatever_the_locale_says(coded, locale):
    answer = started("text", coded, "fear.txt", **locale)
    assert answer.stdout.decode("utf-8") == "Nobody was afraid. 😀 Prices rose, and fear came."
    assert "😀" in started("search", coded, "prices", **locale).stdout.decode("utf-8")
    failed = started("text", coded, "Märchen.txt", **locale)
    assert failed.returncode == 2
    assert "“Märchen.txt”" in failed.stderr.decode("utf-8")


def test_nothing_of_qt_is_imported(coded):
    script = (
        "import sys\n"
        "from coder_app.__main__ import main\n"
        "code = main(sys.argv[1:])\n"
        "print(code, sorted(name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))))\n"
    )
    for command in ("info", "codes", "verify", "dump", "history"):
        answer = subprocess.run(
            [sys.executable, "-c", script, command, str(coded)],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            text=True,
            check=True,
        )
        assert answer.stdout.splitlines()[-1] == "0 []"


def test_nothing_heavy_is_imported_to_answer_a_question(coded):
    heavy = ("matplotlib", "pydantic", "lxml", "pypdfium2", "xlsxwriter", "charset_normalizer", "markdown_it")
    script = (
        "import sys\n"
        "from coder_app.cli import main\n"
        "main(sys.argv[1:])\n"
        f"print(sorted({{name.partition('.')[0] for name in sys.modules}} & set({heavy})))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script, "info", str(coded)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.splitlines()[-1] == "[]"


@pytest.mark.skipif(os.name != "posix", reason="pipes end otherwise there")
def test_a_reader_that_leaves_early_causes_no_complaint(coded):
    process = subprocess.Popen(
        [sys.executable, "-m", "coder_app", "dump", str(coded)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


@pytest.mark.parametrize(
    "arguments", [["fly"], ["info"], ["info", "--wings"], ["codebook"], ["code", "a.coder", "x", "one", "2", "c"]]
)
def test_a_wrong_command_line_is_bad_input(run, arguments):
    answer = run(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.splitlines()[-1].startswith("error: ")
    assert "Traceback" not in answer.err


def test_help_and_version_are_no_errors(run):
    assert run("--version").out == f"Coder App {coder_app.__version__}\n"
    for arguments in (["--help"], ["codebook", "-h"], ["code", "--help"]):
        answer = run(*arguments)
        assert (answer.code, answer.err) == (0, "")
        assert answer.out.startswith("Usage: coder-app")


def test_every_command_says_in_one_line_what_it_does():
    for name, command in commands(program):
        assert command.help, name
        assert not command.get_short_help_str(limit=62).endswith("..."), name


@click.command()
@click.argument("word")
def stumble(word):
    """Fail as nobody foresaw."""
    raise LookupError(word)


def test_an_unforeseen_error_becomes_one_line_and_a_log_without_a_word_of_the_texts(run, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setitem(program.commands, "stumble", stumble)
    answer = run("stumble", "what-she-said")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: Something went wrong that nobody foresaw (LookupError)")
    assert answer.err.count("\n") == 1
    (log,) = tmp_path.rglob("*.log")
    assert str(log) in answer.err
    written = log.read_text("utf-8")
    assert "LookupError" in written
    assert re.search(r"\S+:\d+ stumble", written)
    assert "what-she-said" not in written + answer.err
    run("stumble", "again")
    assert log.read_text("utf-8").count("LookupError") == 2


def test_an_unforeseen_error_without_a_place_for_the_log_is_still_one_line(run, tmp_path, monkeypatch):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    monkeypatch.setitem(program.commands, "stumble", stumble)
    assert run("stumble", "x").err == "error: Something went wrong that nobody foresaw (LookupError).\n"


@pytest.mark.skipif(os.name != "posix", reason="other systems give arguments as text")
def test_arguments_that_are_no_text_are_bad_input(coded):
    for arguments in (["text", coded, b"a\xff"], ["new", b"\xff.coder"], ["info", b"\xff.coder"]):
        answer = subprocess.run(
            [sys.executable, "-m", "coder_app", *arguments],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            cwd=coded.parent,
            capture_output=True,
            check=False,
        )
        assert (answer.returncode, answer.stdout) == (2, b"")
        assert answer.stderr.startswith(b"error: ")
        assert b"nobody foresaw" not in answer.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_behind_stdout_is_told(coded):
    with Path("/dev/full").open("wb") as full:
        answer = subprocess.run(
            [sys.executable, "-m", "coder_app", "dump", str(coded)],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert answer.returncode == 2
    assert answer.stderr.startswith(b"error: The system refused")
    assert b"Traceback" not in answer.stderr


def test_what_a_terminal_would_obey_is_not_printed(run, tmp_path):
    answer = run("info", tmp_path / "red\x1b[31m\nnews.coder")
    assert "\x1b" not in answer.err
    assert answer.err.count("\n") == 1


def test_the_documentation_names_every_command_and_option():
    text = DOCUMENTATION.read_text("utf-8")
    missing = [name for name, _ in commands(program) if f"coder-app {name}" not in text]
    options = {
        option
        for _, command in commands(program)
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    }
    missing += [option for option in options if option not in text]
    assert missing == []


def test_main_can_be_called_by_other_programs(coded, capsys):
    assert main(["info", str(coded)]) == 0
    assert main(("info", str(coded))) == 0
    assert "Small" in capsys.readouterr().out
