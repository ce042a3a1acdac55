"""Makes the synthetic corpus and the projects that the measurements work on, in a process of its own.

python benchmarks/material.py CORPUS.PY SIZE FOLDER
"""

import csv
import importlib.util
import json
import sys
from pathlib import Path

from coder_app.edits.annotations import import_codings
from coder_app.edits.sources import import_sources
from coder_app.importers.codings import read_codings
from coder_app.importers.files import read_many
from coder_app.store.project import Project

TEXTS, CODINGS, UNCODED, CODED = "docs", "codings.csv", "uncoded.coder", "coded.coder"


def main(generator: Path, size: str, folder: Path) -> None:
    """Write FOLDER/SIZE: the texts, their codings as a table, a project without the codings and one with them."""
    spec = importlib.util.spec_from_file_location("corpus", generator)
    corpus = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(corpus)
    root = Path(corpus.write(str(folder), size))
    write_codings(root)
    with Project.create(root / UNCODED, coder="ana") as project:
        import_sources(project, read_many(sorted((root / TEXTS).iterdir())))
    (root / CODED).write_bytes((root / UNCODED).read_bytes())
    with Project.open(root / CODED) as project:
        import_codings(project, read_codings(root / CODINGS), CODINGS, create_codes=True)


def write_codings(root: Path) -> None:
    """Write the generator's codings as the table that the app reads."""
    with (root / "codes.jsonl").open(encoding="utf-8") as lines:
        codes = {code["id"]: f"{code['category']} > {code['name']}" for code in map(json.loads, lines)}
    with (root / "documents.jsonl").open(encoding="utf-8") as lines:
        names = {document["id"]: Path(document["file"]).name for document in map(json.loads, lines)}
    with (
        (root / "codings.jsonl").open(encoding="utf-8") as lines,
        (root / CODINGS).open("w", encoding="utf-8", newline="") as file,
    ):
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["source", "start", "stop", "code", "coder", "memo"])
        for one in map(json.loads, lines):
            place = names[one["doc"]], one["start"], one["end"]
            table.writerow([*place, codes[one["code"]], one["coder"], one["memo"]])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
