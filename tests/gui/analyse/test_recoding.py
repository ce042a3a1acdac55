"""A passage of a cell can be recoded and uncoded where it is read; the table follows."""

from PySide6.QtCore import QPoint

from coder_app.queries.codes import code_tree
from coder_app.queries.codings import codings_in
from coder_app.queries.sources import sources


def of_cell(panel, row: str, column: str):
    model = panel.table.model
    place = {name: number for number, name in enumerate(model.names)}
    panel.table.view.setCurrentIndex(model.index(place[row], place[column]))
    return panel.passages


def menu_of(passages, row: int):
    passages.view.setCurrentIndex(passages.model.index(row, 0))
    return passages.menu(QPoint(-1, -1))


def words(menu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def choose(menu, code: str, what: str) -> None:
    said = words(menu)
    head = next(place for place, one in enumerate(said) if one.startswith(code))
    [action for action in menu.actions() if not action.isSeparator()][said.index(what, head)].trigger()


def test_the_menu_of_a_card_names_the_codings_behind_it(shown, small):
    panel = shown(small)
    menu = menu_of(of_cell(panel, "Fear", "Work"), 0)
    assert words(menu) == [
        "Open the place",
        "Fear · Ann · “Alpha beta”",
        "Recode…",
        "Remove",
        "Work · Ann · “beta gamma”",
        "Recode…",
        "Remove",
    ]


def test_a_coding_removed_at_its_card_leaves_the_table(shown, small):
    panel = shown(small)
    passages = of_cell(panel, "Fear", "Work")
    assert passages.model.rowCount() == 2
    choose(menu_of(passages, 0), "Work", "Remove")
    panel.refresh()
    assert passages.model.rowCount() == 1
    assert len(codings_in(small, sources(small)[0].id)) == 8


def test_a_coding_recoded_at_its_card_counts_elsewhere(shown, small):
    panel = shown(small)
    passages = of_cell(panel, "Fear", "Work")
    choose(menu_of(passages, 0), "Work", "Recode…")
    passages.recoding.picker.code_picked.emit(code_tree(small).find("Emotion > Hope").id)
    panel.refresh()
    model = panel.table.model
    place = {name: number for number, name in enumerate(model.names)}
    assert (model.index(place["Fear"], place["Work"]).data(), model.index(place["Fear"], place["Hope"]).data()) == (
        "1",
        "1",
    )


def test_a_card_may_be_opened_from_its_menu(shown, small, qtbot):
    panel = shown(small)
    menu = menu_of(of_cell(panel, "Fear", "Work"), 1)
    with qtbot.waitSignal(panel.place_chosen):
        menu.actions()[0].trigger()
