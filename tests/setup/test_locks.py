"""The lock files are what everybody installs: complete, hashed, and free of any host's name."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements.lock", "requirements-test.lock"]


def pins(lock: str) -> dict[str, set[str]]:
    """Each package's pinned versions; markers may choose among several."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def declared(*extras: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_a_host(lock):
    assert re.findall(r".*(?:https?:|file:|index-url|find-links|trusted-host).*", (ROOT / lock).read_text()) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock):
    pinned = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / lock).read_text().strip())
    assert len(pinned) > 20
    assert [entry.splitlines()[0] for entry in pinned if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize(("lock", "extras"), [("requirements.lock", []), ("requirements-test.lock", ["test"])])
def test_the_lock_holds_what_the_project_declares_and_in_the_versions_it_allows(lock, extras):
    pinned = pins(lock)
    missing = [
        str(requirement)
        for requirement in declared(*extras)
        if not any(requirement.specifier.contains(v) for v in pinned.get(canonicalize_name(requirement.name), ()))
    ]
    assert missing == []


def test_the_tests_run_on_the_very_packages_that_people_get():
    runtime, test = pins("requirements.lock"), pins("requirements-test.lock")
    assert {name: versions for name, versions in runtime.items() if test.get(name) != versions} == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_what_may_not_be_shipped_or_slows_the_start_is_not_there(lock):
    unwanted = {"pymupdf", "ebooklib", "igraph", "pandas", "odfpy", "pysqlite3", "pysqlite3-binary"}
    assert set(pins(lock)) & unwanted == set()
