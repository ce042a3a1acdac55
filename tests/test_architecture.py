"""The rules of the house that no linter knows; each exception is a named line with its reason."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "coder_app"

MOST_LINES_OF_A_MODULE = 400
MOST_LINES_OF_A_FUNCTION = 60

# "folder/module.py" or "folder/module.py:function" -> why it is longer
LONGER: dict[str, str] = {}

# "folder/module.py:function" -> why any error at all is caught there
CATCHES_EVERYTHING = {
    "gui/jobs.py:do": "the border of a worker: each error travels to the window's thread, which shows or reports it",
    "cli/program.py:main": "the border of the command line: people get one line on stderr and a log, never a traceback",
}

# "module.py:function" -> which file, not the live project, the store opens there
OPENS_FILES_IN_THE_STORE = {
    "put_back.py:_second_name": "a project that nobody has open, before a copy takes its place",
    "database.py:sync_folder": "a folder, so that a new file's name survives a power cut",
    "database.py:_connect_to_copy": "a project in a folder that cannot be written, before SQLite has it open here",
    "lock.py:_open": "the lock file beside the project",
    "places.py:_mounts": "the system's list of what is mounted where",
}

NETWORK = {"socket", "ssl", "http", "urllib.request", "urllib3", "requests", "httpx", "aiohttp", "ftplib", "smtplib"}
NETWORK |= {"imaplib", "poplib", "telnetlib", "xmlrpc", "socketserver", "asyncio", "webbrowser"}
QT_NETWORK = ("PySide6.QtNetwork", "PySide6.QtWebEngine", "PySide6.QtWebSockets", "PySide6.QtHttpServer")


def modules(under: str = "") -> list[Path]:
    return sorted((PACKAGE / under).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported_names(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def strings(path: Path) -> Iterator[ast.Constant]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


def called_names(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """What each call calls, as written ("open", "shutil.copy", "self.setStyleSheet"), with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def too_long() -> set[str]:
    found = {name_of(p) for p in modules() if len(p.read_text(encoding="utf-8").splitlines()) > MOST_LINES_OF_A_MODULE}
    for path in modules():
        found |= {f"{name_of(path)}:{f.name}" for f in functions(path) if length(f) > MOST_LINES_OF_A_FUNCTION}
    return found


def test_modules_and_functions_stay_small():
    assert too_long() - set(LONGER) == set()


def test_no_exception_from_the_size_rule_outlives_its_need():
    assert set(LONGER) - too_long() == set()


def test_every_module_says_why_it_exists():
    silent = [name_of(p) for p in modules() if not (ast.get_docstring(tree_of(p)) or "").strip()]
    assert silent == []


def test_every_folder_with_modules_is_a_package():
    folders = {path.parent for path in modules()}
    assert [name_of(f) for f in sorted(folders) if not (f / "__init__.py").exists()] == []


def test_test_folders_are_no_packages():
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_nothing_speaks_to_a_network():
    found = [
        f"{name_of(path)}: {name}"
        for path in modules()
        for name in imported_names(path)
        if name in NETWORK or name.partition(".")[0] in NETWORK or name.startswith(QT_NETWORK)
    ]
    assert found == []


def everything_catchers() -> set[str]:
    found: set[str] = set()
    for path in modules():
        for function in functions(path):
            for node in ast.walk(function):
                if isinstance(node, ast.ExceptHandler) and catches_everything(node):
                    found.add(f"{name_of(path)}:{function.name}")
    return found


def catches_everything(handler: ast.ExceptHandler) -> bool:
    if isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None:
        return False  # it only tidies up and lets the error go on
    if handler.type is None:
        return True
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    return bool(names & {"Exception", "BaseException"})


def test_errors_are_caught_by_name_but_at_the_named_borders():
    assert everything_catchers() ^ set(CATCHES_EVERYTHING) == set()


def test_colours_and_style_sheets_live_in_the_theme():
    colour = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b")
    found: list[str] = []
    for path in modules("gui"):
        if "theme" in path.relative_to(PACKAGE / "gui").parts:
            continue
        found += [f"{name_of(path)}:{s.lineno}" for s in strings(path) if colour.search(str(s.value))]
        found += [
            f"{name_of(path)}:{line}" for call, line in called_names(tree_of(path)) if call.endswith("setStyleSheet")
        ]
    assert found == []


def test_the_window_speaks_no_sql():
    sql = re.compile(
        r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+\w+|PRAGMA)\s", re.DOTALL
    )
    found: list[str] = []
    for path in modules("gui"):
        found += [f"{name_of(path)}:{s.lineno}" for s in strings(path) if sql.search(f"{s.value} ")]
        found += [
            f"{name_of(path)}:{line}"
            for call, line in called_names(tree_of(path))
            if call.rpartition(".")[2] in {"execute", "executemany", "executescript"}
        ]
    assert found == []


def test_the_store_never_opens_the_live_file_beside_sqlite():
    """Opening and closing it drops SQLite's locks (POSIX), and then another process writes into our transaction."""
    opens = {"open", "io.open", "os.open", "mmap.mmap", "shutil.copyfile", "shutil.copy", "shutil.copy2", "shutil.move"}
    methods = {"read_bytes", "read_text", "write_bytes", "write_text"}
    found = {
        f"{path.name}:{function.name}"
        for path in modules("store")
        for function in functions(path)
        for call, _line in called_names(function)
        if call in opens or call.rpartition(".")[2] in methods or (call.startswith("Path(") and call.endswith(".open"))
    }
    assert found ^ set(OPENS_FILES_IN_THE_STORE) == set()


def test_nothing_is_left_for_later():
    later = re.compile(r"\b(TODO|FIXME|raise NotImplementedError)\b")
    assert [name_of(p) for p in modules() if later.search(p.read_text(encoding="utf-8"))] == []


def test_classes_are_named_for_what_they_are():
    vague = re.compile(r"(Manager|Helper|Utils?|Controller)$")
    found = [
        f"{name_of(path)}: {node.name}"
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef) and vague.search(node.name)
    ]
    assert found == []


def test_every_silenced_check_says_why():
    """A `noqa` or `pyright: ignore` names its rule; the reason follows, or stands in a comment on the line before."""
    silenced = re.compile(
        r"#\s*(?:noqa|type:\s*ignore|pyright:\s*ignore)(?P<rules>:?\s*\[?[A-Za-z0-9, ]*\]?)(?P<reason>.*)$"
    )
    found: list[str] = []
    for path in modules():
        before = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            match = silenced.search(line)
            if match and not (re.search(r"\w", match["reason"]) or before.startswith("#")):
                found.append(f"{name_of(path)}:{number}")
            before = line.strip()
    assert found == []
