"""The texts and projects that are measured, made once for each size and kept outside the repository.

python benchmarks/material.py SIZE FOLDER
"""

import hashlib
import os
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import corpus

from coder_app.store import migrations, schema

HERE = Path(__file__).parent
_LONG = 1 << 30


class Material(NamedTuple):
    """Text files, their codings as a table, a project without the codings and one with them."""

    texts: Path
    codings: Path
    uncoded: Path
    coded: Path


def material(folder: Path, size: str) -> Material:
    """Return where things are; a folder is known by what made it, so other texts or tables come into another one."""
    corpus_folder = folder / f"{size}-{_digest((HERE / 'corpus.py').read_bytes())}"
    projects = corpus_folder / _digest(f"{migrations.NEWEST}{schema.VERSION_1}".encode())
    return Material(
        corpus_folder / corpus.TEXTS,
        corpus_folder / corpus.CODINGS,
        projects / "uncoded.coder",
        projects / "coded.coder",
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]


def make(folder: Path, size: str) -> None:
    """Make what is missing; what was broken off is made again."""
    found = material(folder, size)
    if not found.texts.is_dir():
        made = _emptied(found.texts.parent.with_suffix(".part"))
        corpus.write(made, corpus.SIZES[size])
        made.rename(found.texts.parent)
    if not found.coded.parent.is_dir():
        for stale in found.texts.parent.glob("*/*.coder"):
            shutil.rmtree(stale.parent, ignore_errors=True)
        made = _emptied(found.coded.parent.with_suffix(".part"))
        _make_projects(found, made / found.uncoded.name, made / found.coded.name)
        made.rename(found.coded.parent)


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _make_projects(found: Material, uncoded: Path, coded: Path) -> None:
    # Imported here, so that no measurement's memory holds them.
    from coder_app.edits.annotations import import_codings
    from coder_app.edits.sources import import_sources
    from coder_app.importers.codings import read_codings
    from coder_app.importers.files import read_many
    from coder_app.store import full_text
    from coder_app.store.project import Project

    with Project.create(uncoded, coder="ana") as project:
        import_sources(project, read_many(sorted(found.texts.iterdir())))
        while full_text.index_some(project, _LONG):
            pass
    shutil.copyfile(uncoded, coded)
    with Project.open(coded) as project:
        import_codings(project, read_codings(found.codings), found.codings.name, create_codes=True)


def copied(project: Path, scratch: Path) -> Path:
    """Return a copy to be changed, written to the disk, so that no later sync has to wait for it."""
    copy = scratch / project.name
    shutil.copyfile(project, copy)
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
    return copy


if __name__ == "__main__":
    make(Path(sys.argv[2]), sys.argv[1])
