"""Codebooks and annotation sets, out and in again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coder_app.domain.imported import ImportedText
from coder_app.edits.codes import add_code
from coder_app.edits.codings import apply_code
from coder_app.edits.sources import import_sources
from coder_app.gui.context import Context
from coder_app.gui.files.flows import FileFlows
from coder_app.gui.files.missing_codes import MissingCodes
from coder_app.queries.codes import code_tree
from coder_app.queries.overview import overview
from coder_app.store.project import Project

TEXT = "Trust is all. Nobody trusts anybody."


@pytest.fixture
def coded(project: Project) -> Project:
    (source_id,) = import_sources(project, [ImportedText("a.txt", "text", TEXT, TEXT.encode(), "text", "1", "utf-8")])
    trust = add_code(project, "Trust")
    for start, code in ((0, trust), (14, add_code(project, "Doubt", trust))):
        apply_code(project, source_id, start, start + 5, code)
    return project


def paths(project: Project) -> list[str]:
    tree = code_tree(project)
    return [tree.path(code.id) for code in tree.walk()]


@pytest.mark.parametrize("suffix", [".json", ".csv", ".qdc"])
def test_a_codebook_goes_out_and_comes_in_elsewhere(
    context: Context,
    flows: FileFlows,
    coded: Project,
    told: list[str],
    until_idle: Callable[[], None],
    tmp_path: Path,
    suffix: str,
):
    file = tmp_path / f"book{suffix}"
    flows.exchange.export_codebook(file)
    until_idle()
    assert told == [f"The codebook is at {file}."]
    other = Project.create(tmp_path / "other.coder")
    context.show(other)
    flows.exchange.import_codebook(file)
    until_idle()
    assert paths(other) == ["Trust", "Trust > Doubt"]
    assert told[1].startswith(f"From “{file.name}”: 2 codes added.")
    flows.exchange.import_codebook(file)
    until_idle()
    assert paths(other) == ["Trust", "Trust > Doubt"]
    assert "0 codes added, 2 there already" in told[2]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".xlsx"])
def test_codings_go_out_with_their_number_and_place(
    flows: FileFlows, coded: Project, told: list[str], until_idle: Callable[[], None], tmp_path: Path, suffix: str
):
    file = tmp_path / f"codings{suffix}"
    flows.exchange.export_codings(file)
    until_idle()
    assert told == [f"2 codings are at {file}."]
    assert file.stat().st_size > 0


def test_codings_that_are_there_already_are_counted(
    flows: FileFlows, coded: Project, told: list[str], until_idle: Callable[[], None], tmp_path: Path
):
    file = tmp_path / "codings.csv"
    flows.exchange.export_codings(file)
    until_idle()
    coded.undo()
    flows.exchange.import_codings(file)
    until_idle()
    assert told[1] == "1 coding imported. 1 was there already."
    assert overview(coded).codings == 2


def test_missing_codes_are_named_and_made_where_wanted(
    flows: FileFlows,
    coded: Project,
    told: list[str],
    until_idle: Callable[[], None],
    dialog: Callable[..., MissingCodes],
    tmp_path: Path,
):
    file = tmp_path / "codings.csv"
    file.write_text("source,start,stop,code,coder\na.txt,0,5,Fear > Night,Bea\na.txt,6,8,Trust,Bea\n")
    flows.exchange.import_codings(file)
    until_idle()
    asked = dialog(MissingCodes)
    assert asked.names.toPlainText() == "Fear > Night"
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    assert overview(coded).codings == 2
    flows.exchange.import_codings(file)
    until_idle()
    QTest.mouseClick(dialog(MissingCodes).yes, Qt.MouseButton.LeftButton)
    assert told == ["2 codings imported."]
    assert "Fear > Night" in paths(coded)
    coded.undo()
    assert paths(coded) == ["Trust", "Trust > Doubt"]


def test_a_bad_row_is_named_and_nothing_comes_in(
    flows: FileFlows, coded: Project, told: list[str], until_idle: Callable[[], None], tmp_path: Path
):
    file = tmp_path / "codings.csv"
    file.write_text("source,start,stop,code,coder\na.txt,0,5,Trust,Bea\na.txt,0,999,Trust,Bea\n")
    flows.exchange.import_codings(file)
    until_idle()
    assert "codings.csv, line 3" in told[0]
    assert overview(coded).codings == 2


def test_a_file_that_is_no_codebook_is_told(
    flows: FileFlows, coded: Project, told: list[str], until_idle: Callable[[], None], tmp_path: Path
):
    (tmp_path / "book.json").write_text("{")
    flows.exchange.import_codebook(tmp_path / "book.json")
    until_idle()
    assert "book.json" in told[0]
    assert paths(coded) == ["Trust", "Trust > Doubt"]
