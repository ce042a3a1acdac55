"""The process that reads risky files: whatever becomes of it, this one lives and says which file it was."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from coder_app.domain.errors import Cancelled, ImportProblem
from coder_app.importers.child import Child
from coder_app.importers.formats import parse

MakeDocx = Callable[..., bytes]
MakePdf = Callable[..., bytes]

_PAGE = b"<p>text</p>"
_posix = pytest.mark.skipif(os.name != "posix", reason="there are no such signals here")


def started(child: Child) -> "subprocess.Popen[bytes]":
    child.parse("html", "first.html", _PAGE, None)
    assert child._process is not None
    return child._process


def test_one_child_reads_many_files_like_this_process_would(docx_of: MakeDocx, pdf_of: MakePdf) -> None:
    asked = [
        ("word", "a.docx", docx_of("<w:p><w:r><w:t>wörd 😀</w:t></w:r></w:p>"), None),
        ("pdf", "a.pdf", pdf_of(["one"], ["two"]), None),
        ("html", "a.html", "<h1>Größe</h1>".encode("cp1252"), "cp1252"),
    ]
    with Child() as child:
        process = started(child)
        assert [child.parse(*request) for request in asked] == [parse(*request) for request in asked]
        assert child._process is process
    assert process.returncode is not None


def test_a_problem_comes_back_as_its_sentence_and_the_child_reads_on() -> None:
    with Child() as child:
        with pytest.raises(ImportProblem, match=r"“bad\.pdf” is damaged or not a PDF file"):
            child.parse("pdf", "bad.pdf", b"%PDF-nonsense", None)
        assert child.parse("html", "a.html", _PAGE, None).text == "text"


@_posix
def test_a_crash_of_the_child_names_the_file_and_the_next_one_gets_a_new_child() -> None:
    with Child() as child:
        process = started(child)
        os.kill(process.pid, signal.SIGSEGV)
        process.wait()
        with pytest.raises(ImportProblem, match=r"“next\.html” could not be read"):
            child.parse("html", "next.html", _PAGE, None)
        assert child.parse("html", "a.html", _PAGE, None).text == "text"


@_posix
def test_a_child_that_hangs_is_given_up_after_its_time() -> None:
    with Child() as child:
        process = started(child)
        child._seconds = 0.3
        os.kill(process.pid, signal.SIGSTOP)
        with pytest.raises(ImportProblem, match=r"“slow\.html” was not read: it takes too long"):
            child.parse("html", "slow.html", b"x" * 5_000_000, None)
        assert process.returncode == -signal.SIGKILL


@_posix
def test_cancelling_ends_a_child_in_the_middle_of_a_file() -> None:
    stopped = threading.Event()
    with Child(stopped.is_set) as child:
        process = started(child)
        os.kill(process.pid, signal.SIGSTOP)
        threading.Timer(0.2, stopped.set).start()
        begin = time.monotonic()
        with pytest.raises(Cancelled, match="nothing was added"):
            child.parse("html", "slow.html", _PAGE, None)
        assert time.monotonic() - begin < 10
        assert process.returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="only there is the memory of a process bounded reliably")
def test_a_file_that_needs_too_much_memory_hurts_only_the_child(docx_of: MakeDocx) -> None:
    # Different words, because the guard against bombs would notice the same one over and over.
    body = "".join(f"<w:p><w:r><w:t>{number:x}</w:t></w:r></w:p>" for number in range(400_000))
    data = docx_of(body)
    with Child(memory=200 * 1024 * 1024) as child:
        with pytest.raises(
            ImportProblem, match=r"“big\.docx” (was not read: it needs too much memory|could not be read)"
        ):
            child.parse("word", "big.docx", data, None)
        assert child.parse("html", "a.html", _PAGE, None).text == "text"


def test_a_library_that_prints_does_not_spoil_the_answers() -> None:
    code = (
        "import sys; from coder_app.importers import child\n"
        "real = child.parse\n"
        "def parse(*request):\n"
        "    import os; os.write(1, b'noise'); print('noise', flush=True)\n"
        "    return real(*request)\n"
        "child.parse = parse; child.serve(2**31)"
    )
    request = b'["html", "a.html", null]'
    sent = b"".join(len(data).to_bytes(8) + data for data in (request, _PAGE))
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=sent,
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert int.from_bytes(done.stdout[:8]) == len(done.stdout) - 8
    assert done.stdout[8:9] == b"+"
    assert b"noise" not in done.stdout


def test_neither_qt_nor_a_parser_is_loaded_before_it_is_used() -> None:
    code = (
        "import sys, coder_app.importers.files, coder_app.importers.child\n"
        "early = {name.partition('.')[0] for name in sys.modules}\n"
        "from coder_app.importers import html_pages, markdown, pdf, word\n"
        "late = {name.partition('.')[0] for name in sys.modules}\n"
        "heavy = {'lxml', 'pypdfium2', 'markdown_it', 'charset_normalizer', 'pydantic', 'sqlite_utils', 'PySide6'}\n"
        "sys.stdout.write(repr(sorted(heavy & (early | late))))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == "[]"


def test_the_child_finds_no_code_in_the_folder_it_is_started_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "json.py").write_text("raise SystemExit('the wrong json')")
    with Child() as child:
        assert child.parse("html", "a.html", _PAGE, None).text == "text"
