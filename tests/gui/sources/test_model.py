"""The tree of folders and sources, as Qt asks for it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt

from coder_app.domain.model import Source
from coder_app.gui.sources.model import CODINGS, MIME, SourcesModel


def a_source(name: str, folder: str = "", codings: int = 0) -> Source:
    return Source(name, name, "text", folder, "a", "h", 9, 2, codings, None, name, "text", "1", "utf-8")


SOURCES = [
    a_source("a", codings=1),
    a_source("b"),
    a_source("c", "Field", 2),
    a_source("d", "Field/2024", 3),
    a_source("e", "Field-notes", 4),
]


@pytest.fixture
def model(qtmodeltester) -> SourcesModel:
    made = SourcesModel()
    made.editable = True
    qtmodeltester.check(made)
    made.show(SOURCES)
    return made


def names(model: SourcesModel, parent: QModelIndex | None = None) -> list[object]:
    parent = parent or QModelIndex()
    rows = [model.index(row, 0, parent) for row in range(model.rowCount(parent))]
    return [index.data() if not model.rowCount(index) else [index.data(), *names(model, index)] for index in rows]


def test_sources_stand_before_folders_and_folders_nest(model: SourcesModel):
    assert names(model) == ["a", "b", ["Field", "c", ["2024", "d"]], ["Field-notes", "e"]]


def test_a_folder_counts_all_codings_below_it(model: SourcesModel):
    assert model.index_of_folder("Field").data(CODINGS) == 5
    assert model.index_of("a").data(CODINGS) == 1


def test_codings_are_counted_up_to_the_top(qtbot, model: SourcesModel):
    with qtbot.waitSignal(model.dataChanged):
        model.add_codings({"d": 2, "a": -1, "gone": 7})
    assert [model.index_of(one).data(CODINGS) for one in "acd"] == [0, 2, 5]
    assert model.index_of_folder("Field").data(CODINGS) == 7


def test_another_name_is_no_reason_to_build_the_tree_again(qtbot, model: SourcesModel):
    place = model.index_of("c")
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show([replace(one, name="C!" if one.id == "c" else one.name) for one in SOURCES])
    assert place.data() == "C!"


def test_another_folder_builds_the_tree_again(qtbot, model: SourcesModel):
    with qtbot.waitSignal(model.modelReset):
        model.show([replace(one, folder="") for one in SOURCES])
    assert names(model) == ["a", "b", "c", "d", "e"]
    assert model.folder_paths() == []


def test_a_drop_on_a_folder_asks_for_its_end(qtbot, model: SourcesModel):
    data = model.mimeData([model.index_of("a"), model.index_of("b")])
    with qtbot.waitSignal(model.move_requested) as wish:
        model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, model.index_of_folder("Field"))
    assert wish.args == [["a", "b"], "Field", None]


def test_a_drop_between_two_sources_asks_for_the_place_before_the_second(qtbot, model: SourcesModel):
    data = model.mimeData([model.index_of("d")])
    with qtbot.waitSignal(model.move_requested) as wish:
        model.dropMimeData(data, Qt.DropAction.MoveAction, 1, 0, QModelIndex())
    assert wish.args == [["d"], "", "b"]


def test_sources_of_another_project_cannot_be_dropped(model: SourcesModel):
    data = model.mimeData([model.index_of("a")])
    data.setData(MIME, b"somebody-else")
    assert not model.canDropMimeData(data, Qt.DropAction.MoveAction, -1, -1, QModelIndex())


def test_nothing_can_be_renamed_or_moved_in_a_project_that_is_only_read(model: SourcesModel):
    model.editable = False
    assert not model.setData(model.index_of("a"), "z")
    assert not model.flags(model.index_of("a")) & (Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled)


def test_a_folder_gets_its_new_name_in_its_old_place(qtbot, model: SourcesModel):
    with qtbot.waitSignal(model.folder_name_requested) as wish:
        model.setData(model.index_of_folder("Field/2024"), "2025")
    assert wish.args == ["Field/2024", "Field/2025"]
