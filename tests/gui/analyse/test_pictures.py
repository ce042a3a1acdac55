"""The pictures of a table: switched by buttons, walked by keys, opening the passages of a pair."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coder_app.domain.pictures import PictureKind
from coder_app.gui.analyse.pictures.methods import MethodsDialog
from coder_app.gui.analyse.pictures.switch import ViewSwitch, kind_words
from coder_app.store.project import Project

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def picture(shown, qtbot):
    """Show a project's table as a picture and give panel and canvas."""

    def show(project, kind: PictureKind | None):
        panel = shown(project)
        QTest.mouseClick(panel.table.switch.buttons[kind], LEFT)
        qtbot.waitUntil(lambda: not panel._context.jobs.running, timeout=20_000)
        return panel, panel.table.pictures.view.canvas

    return show


def said(canvas) -> set[str]:
    return {target.said for target in canvas._drawing.targets}


def test_every_view_has_a_button_with_a_name_and_a_reason(qapp):
    switch = ViewSwitch()
    assert set(kind_words()) == {None, *PictureKind}
    assert all(button.accessibleName() for button in switch.buttons.values())
    assert all(button.toolTip().startswith(f"{button.text()}: ") for button in switch.buttons.values())
    switch.deleteLater()


def test_a_network_shows_codes_and_links_with_their_counts(picture, small):
    panel, canvas = picture(small, PictureKind.NETWORK)
    assert {"Fear (3)", "Work (3)", "Hope (1)"} <= said(canvas)
    assert any(one.startswith("Fear and Work: 2") for one in said(canvas))
    assert "seed 1" in panel.table.pictures.note.text()
    assert "Network" in canvas.accessibleName()


def test_arrows_walk_over_the_places_and_the_passages_follow(picture, small, qtbot):
    panel, canvas = picture(small, PictureKind.NETWORK)
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.current is not None
    seen = {canvas.current.said}
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down) * 3:
        QTest.keyClick(canvas, key)
        seen.add(canvas.current.said)
        assert panel._pair == canvas.current.codes
    assert len(seen) > 1
    assert canvas.accessibleDescription() == canvas.current.said


def test_a_click_on_a_link_shows_the_passages_and_enter_goes_there(picture, small):
    panel, canvas = picture(small, PictureKind.NETWORK)
    link = next(one for one in canvas._drawing.targets if one.said.startswith("Fear and Work"))
    QTest.mouseClick(canvas, LEFT, pos=canvas._rect(link).center().toPoint())
    assert panel._pair == link.codes
    assert panel.passages.model.rowCount() == 2
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert panel.passages.view.currentIndex().isValid()


def test_the_heatmap_is_the_table_in_another_order(picture, small):
    panel, _ = picture(small, PictureKind.HEATMAP)
    assert panel.table.model.names == ["Fear", "Work", "Hope"]
    assert "average linkage" in panel.table.note.text()
    QTest.mouseClick(panel.table.switch.buttons[None], LEFT)
    assert panel.table.model.names == ["Fear", "Hope", "Work"]


@pytest.mark.parametrize("kind", [PictureKind.DENDROGRAM, PictureKind.MAP, PictureKind.SANKEY])
def test_every_other_picture_of_the_sample_is_drawn(picture, sample, kind):
    panel, canvas = picture(sample, kind)
    assert len(canvas._drawing.targets) > 20
    assert panel.table.pictures.note.text()


def test_epistemic_networks_need_documents(picture, small, sample):
    panel, _ = picture(small, PictureKind.ENA)
    assert "needs three" in panel.table.pictures.empty.text()


def test_a_coding_changes_the_picture(picture, small, qtbot):
    from coder_app.edits.codings import apply_code
    from coder_app.queries.codes import code_tree
    from coder_app.queries.sources import first_source

    panel, canvas = picture(small, PictureKind.NETWORK)
    before = said(canvas)
    tree = code_tree(small)
    panel._context.attempt(apply_code, first_source(small), 0, 10, tree.find("Hope").id)
    qtbot.waitUntil(lambda: said(canvas) != before, timeout=5000)
    assert "Hope (2)" in said(canvas)


def test_threshold_and_seed_are_offered_for_the_network_alone(picture, small, qtbot):
    panel, canvas = picture(small, PictureKind.NETWORK)
    choices = panel.table.choices
    assert choices.isVisible()
    links = sum(" and " in one for one in said(canvas))
    choices.least.setValue(0.6)
    qtbot.waitUntil(lambda: sum(" and " in one for one in said(canvas)) < links)
    choices.seed.setValue(3)
    assert "seed 3" in panel.table.pictures.note.text()
    QTest.mouseClick(panel.table.switch.buttons[PictureKind.MAP], LEFT)
    assert not choices.isVisible()


def test_the_sides_of_a_sankey_are_chosen_from_a_menu(picture, small, qtbot):
    panel, canvas = picture(small, PictureKind.SANKEY)
    rows = panel.table.choices.rows
    rows.menu().aboutToShow.emit()
    next(one for one in rows.menu().actions() if one.text().strip() == "Work").trigger()
    assert rows.text().startswith("Rows: 1 code")
    qtbot.waitUntil(lambda: "Work and Fear: 2" in said(canvas))


def test_zooming_keeps_the_current_place_and_zero_fits_again(picture, small):
    panel, canvas = picture(small, PictureKind.MAP)
    view = panel.table.pictures.view
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    fitted, current = canvas.size(), canvas.current
    QTest.keyClick(canvas, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert canvas.width() > fitted.width()
    assert canvas.current == current
    QTest.keyClick(canvas, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert canvas.size() == fitted
    assert view.focusProxy() is canvas


def test_what_is_shown_is_what_is_exported(picture, small, qtbot, tmp_path):
    panel, _ = picture(small, PictureKind.NETWORK)
    panel.table.choices.seed.setValue(5)
    export = panel.table.export
    for shape, name in (
        ("picture", "n.svg"),
        ("picture table", "n.json"),
        ("network", "n.gexf"),
        ("recipe", "n.recipe.json"),
    ):
        export._write(export._shown, shape, tmp_path / name)
        qtbot.waitUntil(lambda: not panel._context.jobs.running, timeout=20_000)
    assert "Fear" in (tmp_path / "n.svg").read_text()
    written = json.loads((tmp_path / "n.json").read_text())
    assert (written["recipe"]["options"]["shape"], written["recipe"]["options"]["choices"]["seed"]) == ("network", 5)
    assert written["recipe"]["options"]["counting"]["coders"] == panel._answer.result.blocks[0].coder_id
    assert b"<gexf" in (tmp_path / "n.gexf").read_bytes()
    assert json.loads((tmp_path / "n.recipe.json").read_text())["kind"] == "cooccurrence"


def test_the_methods_paragraph_can_be_copied(shown, small, qapp, qtbot):
    panel = shown(small)
    QTest.mouseClick(panel.table.methods, LEFT)
    dialog = panel.table.methods.findChild(MethodsDialog)
    assert "Each code’s overlapping codings were merged" in dialog.text.toPlainText()
    words = dialog.text.toPlainText()
    QTest.mouseClick(dialog.copy, LEFT)
    assert qapp.clipboard().text() == words
    assert not dialog.isVisible()


def test_without_a_table_there_is_nothing_to_export_or_to_describe(shown, empty):
    panel = shown(empty)
    assert not panel.table.export.isEnabled()
    assert not panel.table.methods.isEnabled()


@pytest.mark.parametrize("kind", list(PictureKind))
def test_names_have_nine_points_where_a_picture_is_first_seen(picture, sample_file, kind):
    panel, canvas = picture(Project.open(sample_file), kind)
    panel.resize(1000, 600)
    assert canvas.smallest_type() * canvas.zoomed >= 9 / 72 * 96 - 0.01
