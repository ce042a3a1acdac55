"""Files, folders and pasted words on their way into a project."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from coder_app.domain.errors import BadInput
from coder_app.edits.codes import add_code
from coder_app.edits.codings import apply_code
from coder_app.gui.context import Context
from coder_app.gui.files import reading
from coder_app.gui.files.encoding import EncodingDialog, encoding_name, telling_lines
from coder_app.gui.files.encoding_flow import correct_encoding
from coder_app.gui.files.flows import FileFlows
from coder_app.gui.files.remarks import Remarks, gathered
from coder_app.queries.sources import source, sources, text_of
from coder_app.store.project import Project

RUSSIAN = "Вопрос: что вы думаете о границе?\nОтвет: я думаю, что граница близко, и мы живём рядом с ней давно."


def names(project: Project) -> list[tuple[str, str]]:
    return [(one.folder, one.name) for one in sources(project)]


def press(dialog: EncodingDialog, words: str) -> None:
    button = next(one for one in dialog.findChildren(QPushButton) if one.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_files_and_folders_come_in_as_one_step(
    qtbot, flows: FileFlows, project: Project, told: list[str], until_idle: Callable[[], None], tmp_path: Path
):
    field = tmp_path / "Field" / "2024"
    field.mkdir(parents=True)
    (field / "a.txt").write_text("In the field.")
    (tmp_path / "b.md").write_text("# At the top")
    with qtbot.waitSignal(flows.sources_imported) as imported:
        flows.import_paths([tmp_path / "b.md", tmp_path / "Field"])
    until_idle()
    assert names(project) == [("", "b.md"), ("Field/2024", "a.txt")]
    assert len(imported.args[0]) == 2
    assert told == ["2 sources imported."]
    project.undo()
    assert sources(project) == []


def test_what_is_there_already_is_pointed_out_and_left_out(
    flows: FileFlows, project: Project, told: list[str], until_idle: Callable[[], None], tmp_path: Path
):
    for name, text in (("a.txt", "same"), ("b.txt", "same"), ("c.txt", "other")):
        (tmp_path / name).write_text(text)
    flows.import_paths([tmp_path / "a.txt", tmp_path / "b.txt"])
    until_idle()
    flows.import_paths([tmp_path / "a.txt", tmp_path / "c.txt"])
    until_idle()
    assert [name for _, name in names(project)] == ["a.txt", "c.txt"]
    assert told == [
        "1 source imported. 1 was in the project already: b.txt.",
        "1 source imported. 1 was in the project already: a.txt.",
    ]


def test_a_file_that_cannot_be_read_does_not_keep_the_others_out(
    flows: FileFlows, project: Project, told: list[str], until_idle: Callable[[], None], tmp_path: Path
):
    (tmp_path / "bad.txt").write_bytes(b"\x89PNG\r\n" + bytes(range(256)) * 4)
    (tmp_path / "good.txt").write_text("Good.")
    flows.import_paths([tmp_path / "bad.txt", tmp_path / "good.txt", tmp_path / "missing.txt"])
    until_idle()
    assert names(project) == [("", "good.txt")]
    assert told[0].startswith("1 source imported.")
    assert "bad.txt" in told[0]
    assert "missing.txt" in told[0]


def test_many_remarks_go_into_a_list(
    flows: FileFlows,
    project: Project,
    told: list[str],
    until_idle: Callable[[], None],
    dialog: Callable[..., Remarks],
    tmp_path: Path,
):
    flows.import_paths([tmp_path / f"missing {n}.txt" for n in range(5)])
    until_idle()
    shown = dialog(Remarks)
    assert told == ["5 files could not be read and were left out."]
    assert len(shown.list.toPlainText().splitlines()) == 5
    shown.close()


def test_a_sentence_about_many_files_is_said_once():
    remarks = [("a.pdf", "Follows the page."), ("b.pdf", "Follows the page."), ("c.docx", "A picture was left out.")]
    assert gathered(remarks) == ["2 files: Follows the page.", "c.docx: A picture was left out."]


def test_a_full_disk_is_told_before_anything_is_read(
    monkeypatch, flows: FileFlows, project: Project, told: list[str], until_idle: Callable[[], None], tmp_path: Path
):
    (tmp_path / "a.txt").write_text("words")
    monkeypatch.setattr(reading, "_RESERVE", 1 << 62)
    with pytest.raises(BadInput, match="too little room"):
        reading.check_room([tmp_path / "a.txt"], tmp_path)
    flows.import_paths([tmp_path / "a.txt"])
    until_idle()
    assert "make room and try again" in told[0]
    assert sources(project) == []


def test_a_guessed_encoding_is_shown_and_the_choice_is_what_is_read(
    flows: FileFlows,
    project: Project,
    until_idle: Callable[[], None],
    dialog: Callable[..., EncodingDialog],
    tmp_path: Path,
):
    (tmp_path / "a.txt").write_bytes(RUSSIAN.encode("cp1251"))
    flows.import_paths([tmp_path / "a.txt"])
    until_idle()
    asked = dialog(EncodingDialog)
    assert sources(project) == []
    rows = [asked.encodings.item(row).text() for row in range(asked.encodings.count())]
    asked.encodings.setCurrentRow(rows.index(encoding_name("cp1252")))
    assert "Âîïðîñ" in asked.preview.toPlainText()
    asked.encodings.setCurrentRow(rows.index(encoding_name("cp1251")))
    assert asked.preview.toPlainText() == RUSSIAN
    press(asked, "Import")
    (one,) = sources(project)
    assert text_of(project, one.id) == RUSSIAN
    assert one.encoding == "cp1251"


def test_several_guesses_are_asked_in_one_window_and_cancelled_as_one(
    flows: FileFlows,
    project: Project,
    told: list[str],
    until_idle: Callable[[], None],
    dialog: Callable[..., EncodingDialog],
    tmp_path: Path,
):
    for number in range(2):
        (tmp_path / f"{number}.txt").write_bytes(f"{number} {RUSSIAN}".encode("cp1251"))
    flows.import_paths([tmp_path / "0.txt", tmp_path / "1.txt"])
    until_idle()
    asked = dialog(EncodingDialog)
    assert asked.files.isVisible()
    asked.files.setCurrentRow(1)
    assert asked.preview.toPlainText().startswith("1 ")
    press(asked, "Cancel")
    assert sources(project) == []
    assert told == ["Nothing was imported."]


def test_an_encoding_is_corrected_later_from_the_original_bytes(
    context: Context, flows: FileFlows, project: Project, window, told: list[str]
):
    from coder_app.edits.sources import import_sources
    from coder_app.importers.files import read_bytes

    import_sources(project, [read_bytes("a.txt", RUSSIAN.encode("cp1251"), "cp1252")])
    dialog = correct_encoding(context, window, source(project, "a.txt"))
    assert dialog is not None
    rows = [dialog.encodings.item(row).text() for row in range(dialog.encodings.count())]
    dialog.encodings.setCurrentRow(rows.index(encoding_name("cp1251")))
    press(dialog, "Read it like this")
    assert text_of(project, source(project, "a.txt").id) == RUSSIAN
    apply_code(project, source(project, "a.txt").id, 0, 6, add_code(project, "Question"))
    assert correct_encoding(context, window, source(project, "a.txt")) is None
    assert "coded already" in told[0]


def test_the_lines_that_tell_the_encoding_are_shown():
    text = "plain\n" * 50 + "x" * 500 + "é" + "y" * 500 + "\nStraße"
    long, short = telling_lines(text).split("\n")
    assert short == "Straße"
    assert "é" in long
    assert len(long) < 250
    assert telling_lines("only\nplain\n\nlines") == "only\nplain\nlines"


def test_pasted_words_become_a_source_named_by_their_first_line(
    qtbot, flows: FileFlows, project: Project, told: list[str]
):
    QGuiApplication.clipboard().setText("\n  A talk   at the border\nShe said…")
    with qtbot.waitSignal(flows.sources_imported):
        flows.handlers()["sources.paste"]()
    (one,) = sources(project)
    assert one.name == "A talk at the border"
    assert text_of(project, one.id) == "\n  A talk   at the border\nShe said…"
    QGuiApplication.clipboard().setText(" \n ")
    flows.handlers()["sources.paste"]()
    assert len(sources(project)) == 1
    assert len(told) == 2


def test_a_project_that_is_only_read_takes_nothing_in(
    context: Context, flows: FileFlows, told: list[str], tmp_path: Path
):
    Project.create(tmp_path / "r.coder").close()
    context.show(Project.open(tmp_path / "r.coder", write=False))
    flows.import_paths([tmp_path / "a.txt"])
    assert told == ["The project is open for reading only; nothing was imported."]


def test_a_project_dropped_on_the_window_is_opened(
    context: Context, flows: FileFlows, project: Project, tmp_path: Path
):
    Project.create(tmp_path / "other.coder", name="Other").close()
    flows.import_paths([tmp_path / "other.coder"])
    assert context.project is not None
    assert context.project.path.name == "other.coder"


def test_a_stopped_import_leaves_the_project_as_it_was(
    context: Context, flows: FileFlows, project: Project, until_idle: Callable[[], None], tmp_path: Path
):
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text(f"text {number}")
    context.jobs.started.connect(lambda job: job.progress.cancel())
    flows.import_paths([tmp_path / f"{number}.txt" for number in range(40)])
    until_idle()
    assert sources(project) == []
