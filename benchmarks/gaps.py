"""How long the window stands still at most while one works: the longest time in which it could hear no key."""

from itertools import islice
from pathlib import Path

from material import Material, copied
from window import painted, window_of


def gaps(made: Material, scratch: Path) -> dict[str, float]:
    """Work through one project as a person does, one thing after the other, and listen to the event loop."""
    from heartbeat import Heartbeat
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from coder_app.domain.hits import Place
    from coder_app.queries.codes import codes
    from coder_app.queries.sources import sources

    path = copied(made.coded, scratch)
    app, window = window_of(scratch)
    heart = Heartbeat()
    found = {"gap_open": heart.longest_gap(lambda: window.flows.open_path(path), settle=3)}
    project, view = window.context.project, window.reader.view
    code_id = codes(project)[-1].id
    window.reader.gestures.last_code = code_id
    other = sources(project)[-1].id
    if other != window.reader.source_id:
        found["gap_source"] = heart.longest_gap(lambda: window.reader.show_source(other))
    view.select(0, 30)
    view.setFocus()
    painted(app)
    found["gap_code"] = heart.longest_gap(lambda: QTest.keyClick(view, Qt.Key.Key_R))
    found["gap_undo"] = heart.longest_gap(window.context.undo)
    found |= corrected(heart, app, window)

    window.passages.show_search("")
    hits = window.passages.found
    found["gap_search"] = heart.longest_gap(
        lambda: QTest.keyClicks(hits.bar.field, "the"), lambda: hits.model.total() and not hits.search.running
    )
    found_places = (place for group in hits.model.groups for place in group.places)
    places = [Place(place.source_id, place.start, place.stop) for place in islice(found_places, 50_000)]
    window.passages.hide()
    steps = project.undo_label()

    def code_hits() -> None:
        hits.coding.ask(window.mapToGlobal(window.rect().center()), places)
        app.activePopupWidget().code_picked.emit(code_id)
        app.activePopupWidget().hide()

    found["gap_autocode"] = heart.longest_gap(code_hits, lambda: not window.context.busy)
    if project.undo_label() == steps:
        raise SystemExit("the hits were not coded")
    found["gap_undo_many"] = heart.longest_gap(window.context.undo, lambda: not window.context.busy)
    page = window.late["view.analyse"].pages[0]
    found["gap_analyse"] = heart.longest_gap(
        window.actions_by_id["view.analyse"].trigger,
        lambda: page.panel is not None and page.panel.table.model.rowCount() and not window.context.jobs.running,
    )
    return found


def corrected(heart, app, window) -> dict[str, float]:
    """Correct a few letters in the middle of the text that is shown, keep that, and take it back."""
    from PySide6.QtTest import QTest

    reader, context = window.reader, window.context
    place = len(reader.view.text) // 2
    reader.view.scroll_to(place)
    reader.view.select(place, place)
    painted(app)

    def idle() -> bool:
        return not context.jobs.running

    found = {"gap_correct": heart.longest_gap(reader.correct, idle)}
    editor = reader.correcting.editor
    typed = [heart.longest_gap(lambda key=key: QTest.keyClick(editor, key), idle) for key in "abc"]
    found["gap_correct_key"] = max(typed)
    before = reader.view.text
    found["gap_keep"] = heart.longest_gap(reader.correct, lambda: idle() and not reader.correcting.is_open, settle=2)
    if reader.view.text == before:
        raise SystemExit("the corrected text was not kept")
    found["gap_undo_keep"] = heart.longest_gap(context.undo, idle, settle=2)
    if reader.view.text != before:
        raise SystemExit("the correction was not taken back")
    return found
