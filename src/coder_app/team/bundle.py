"""The files in which steps travel between copies: written once, whole or not at all, and known by their SHA-256.

gzip of JSON lines: a header, then each text and file that the steps name, then the steps, then an end that says
how many lines there were. docs/team.md describes them.
"""

import base64
import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from coder_app.domain.errors import DamagedProject
from coder_app.domain.ids import new_id
from coder_app.i18n import tr
from coder_app.store.journal import Entry
from coder_app.store.merging import Recorded

FORMAT = "coder-app-changes"
VERSION = 1
_LARGEST = 1 << 31


class Header(BaseModel):
    """The first line of a file: which project and copy its steps are of, and the coders at work there."""

    model_config = ConfigDict(extra="ignore")

    format: str
    version: int
    project: str
    replica: str
    number: int
    coders: list[str]
    written_at: str


@dataclass(slots=True)
class Bundle:
    """What a file holds."""

    header: Header
    bodies: list[str | bytes] = field(default_factory=list[str | bytes])
    steps: list[Recorded] = field(default_factory=list[Recorded])


_Told = tuple[str, str, str, str, str | None, int, str, str | None, str]
_Entry = tuple[str, str, str | None, str | None, str | None, int | None, str | None, str | None, str | None]
_STEP: TypeAdapter[tuple[_Told, str, list[_Entry]]] = TypeAdapter(tuple[_Told, str, list[_Entry]])


def write(folder: Path, header: Header, bodies: Iterable[str | bytes], steps: Iterable[Recorded]) -> tuple[str, str]:
    """Write a file with these steps into `folder`, and return its name and digest.

    It appears under its name only when all of it is on the disk. Raises OSError where the folder refuses.
    """
    data = gzip.compress("\n".join(_lines(header, bodies, steps)).encode(), compresslevel=6, mtime=0)
    digest = hashlib.sha256(data).hexdigest()
    name = f"{header.number:06d}-{digest}.jsonl.gz"
    put(folder / name, data)
    return name, digest


def put(path: Path, data: bytes) -> None:
    """Write a file so that nobody ever sees half of it: beside its place, synced, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name[:40]}.{new_id()[-12:]}.new")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system knows how."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _lines(header: Header, bodies: Iterable[str | bytes], steps: Iterable[Recorded]) -> Iterator[str]:
    told = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in _told(bodies, steps)]
    yield from (header.model_dump_json(), *told, json.dumps({"end": len(told)}))


def _told(bodies: Iterable[str | bytes], steps: Iterable[Recorded]) -> Iterator[dict[str, Any]]:
    for body in bodies:
        yield {"text": body} if isinstance(body, str) else {"bytes": base64.b64encode(body).decode()}
    for step in steps:
        yield {"step": [step.told, step.digest, [_entry_told(entry) for entry in step.entries]]}


def _entry_told(entry: Entry) -> list[str | int | None]:
    packed = (entry.ids, entry.packed_before, entry.packed_after)
    blobs = [None if blob is None else base64.b64encode(blob).decode() for blob in packed]
    return [entry.table, entry.row_id, entry.before, entry.after, entry.sets, entry.rows, *blobs]


def read(path: Path, called: str = "") -> tuple[Bundle, str]:
    """Return what a file holds and the digest of its bytes.

    Raises DamagedProject, which names the file as `called`, where it is not what was written.
    """
    called = called or f"{path.parent.name}/{path.name[:6]}"
    try:
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        if digest not in path.name:
            raise _damaged(called)
        opened = zlib.decompressobj(31)
        text = opened.decompress(data, _LARGEST).decode()
        if not opened.eof:
            raise _damaged(called)
        return _parsed(text.split("\n"), called), digest
    except (OSError, EOFError, zlib.error, ValueError, ValidationError) as error:
        raise _damaged(called) from error


def header_of(path: Path) -> Header | None:
    """Return the header of a file without reading the rest; None where it cannot be read."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return Header.model_validate_json(file.readline(1 << 20))
    except (OSError, EOFError, zlib.error, ValueError):
        return None


def _damaged(called: str) -> DamagedProject:
    return DamagedProject(
        tr(
            "{file} in the team folder is cut short or was altered; it was left out until it is whole again.",
            file=called,
        )
    )


def _parsed(lines: list[str], called: str) -> Bundle:
    bundle = Bundle(Header.model_validate_json(lines[0]))
    if bundle.header.format != FORMAT:
        raise _damaged(called)
    if bundle.header.version > VERSION:
        raise DamagedProject(tr("{file} was written by a newer Coder App; update the app to read it.", file=called))
    if json.loads(lines[-1]) != {"end": len(lines) - 2}:
        raise _damaged(called)
    for line in lines[1:-1]:
        told = json.loads(line)
        if "text" in told:
            bundle.bodies.append(str(told["text"]))
        elif "bytes" in told:
            bundle.bodies.append(base64.b64decode(told["bytes"]))
        else:
            columns, digest, entries = _STEP.validate_python(told["step"])
            bundle.steps.append(Recorded(columns, digest, [_entry(entry) for entry in entries]))
    return bundle


def _entry(told: _Entry) -> Entry:
    blobs = [None if blob is None else base64.b64decode(blob) for blob in told[6:]]
    return Entry(*told[:6], *blobs)
