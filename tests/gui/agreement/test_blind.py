"""While a round is blind and one's own part is not done, others' codings are neither shown nor counted."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from coder_app.domain.disagreement import Blinds
from coder_app.edits import rounds as edits
from coder_app.edits.codings import apply_code
from coder_app.edits.memos import write_memo
from coder_app.edits.sources import remove_sources
from coder_app.gui.actions import ActionSet
from coder_app.gui.analyse.panel import AnalysePanel
from coder_app.gui.bottom_bar import BottomBar
from coder_app.gui.codebook.model import COUNT
from coder_app.gui.codebook.panel import CodebookPanel
from coder_app.gui.details.panel import DetailsPanel
from coder_app.gui.passages.listed import Listed
from coder_app.gui.reader.panel import ReaderPanel
from coder_app.gui.sources.memo import SourceMemo
from coder_app.gui.sources.model import CODINGS
from coder_app.gui.sources.panel import SourcesPanel
from coder_app.queries.codings import codings_in
from coder_app.queries.rounds import assignments, blinds
from coder_app.queries.sources import sources


@pytest.fixture
def blind(study):
    """Ann is to code the first source in a blind round, in which Ben has finished it."""
    study.round = edits.open_round(study.project)
    edits.assign(study.project, study.round, [study.first], [study.Ann, study.Ben])
    edits.mark_done(study.project, study.round, [study.first], [study.Ben])
    return study


@pytest.fixture
def reader(qtbot, context, blind):
    panel = ReaderPanel(context, ActionSet(qtbot_window(qtbot), {}))
    qtbot.addWidget(panel)
    context.show(blind.project)
    panel.resize(900, 700)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.show_source(blind.first)
    return panel


def qtbot_window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    return window


def people(reader):
    return {span.coder_id for span in reader.view.spans_shown()}


def test_what_is_hidden_follows_rounds_and_marks(blind):
    project = blind.project
    assert blinds(project) == Blinds(blind.Ann, {blind.first: "Round 1"})
    assert blinds(project, blind.Ben) == Blinds(blind.Ben, {}), "Ben has finished it"
    edits.set_blind(project, blind.round, is_blind=False)
    assert blinds(project).sources == {}
    edits.set_blind(project, blind.round, is_blind=True)
    edits.close_round(project, blind.round)
    assert blinds(project).sources == {}


def test_the_reader_shows_ones_own_codings_alone_and_says_so(reader, blind):
    assert people(reader) == {blind.Ann}
    assert "others’ codings hidden until you mark it as done (Round 1)" in reader._head.about.text()
    assert "codings" not in reader._head.about.text().replace("others’ codings hidden", "")


def test_marking_it_as_done_in_the_reader_shows_the_others(reader, blind):
    button = reader._head.done
    assert button.isVisible()
    assert button.text() == "Mark as done"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert people(reader) == {blind.Ann, blind.Ben}
    assert button.text() == "✓ Done"
    assert "7 codings" in reader._head.about.text()
    blind.project.undo()
    assert people(reader) == {blind.Ann}
    reader.handlers()["source.done"]()
    assert [one.coder_id for one in assignments(blind.project) if one.done_at] == sorted([blind.Ann, blind.Ben])


def test_another_coder_at_work_sees_what_is_theirs(reader, blind, context):
    context.work_as(blind.Ben)
    assert people(reader) == {blind.Ann, blind.Ben}
    edits.mark_done(blind.project, blind.round, [blind.first], [blind.Ben], is_done=False)
    assert people(reader) == {blind.Ben}


def test_a_source_that_is_not_ones_own_has_no_button_and_the_action_says_why(reader, blind, context, qtbot):
    reader.show_source(blind.second)
    assert not reader._head.done.isVisible()
    with qtbot.waitSignal(context.notice_requested) as told:
        reader.handlers()["source.done"]()
    assert "not yours in an open round" in told.args[0]


def test_lists_of_passages_leave_out_what_is_hidden(reader, blind, context, qtbot):
    listed = Listed(context, reader)
    with qtbot.waitSignal(listed.found) as found:
        listed.list_codes(blind.project, list(blind.codes.values()))
    assert len(found.args[0]) == 4, "Ann’s four, none of Ben’s three"


def test_tables_count_what_is_seen_and_follow_the_mark(blind, context, qtbot):
    panel = AnalysePanel(context)
    qtbot.addWidget(panel)
    context.show(blind.project)
    with qtbot.waitExposed(panel):
        panel.show()
    qtbot.waitUntil(lambda: not panel._stale)
    assert set(panel._answer.tally.codings.ids.coders) == {blind.Ann}
    edits.mark_done(blind.project, blind.round, [blind.first], [blind.Ann])
    qtbot.waitUntil(lambda: set(panel._answer.tally.codings.ids.coders) == {blind.Ann, blind.Ben})


@pytest.fixture
def bens_memos(blind, context):
    """Ben wrote a memo on the source, and on a passage and a coding of Ann's; Ann wrote one on the coding."""
    own = next(one for one in codings_in(blind.project, blind.first) if one.coder_id == blind.Ann)
    context.show(blind.project)
    context.work_as(blind.Ben)
    for on, on_id in (("source", blind.first), ("segment", own.segment_id), ("coding", own.id)):
        write_memo(blind.project, on, on_id, "Ben thinks")
    context.work_as(blind.Ann)
    return own


def test_cards_show_no_memo_of_those_who_are_hidden_until_it_is_done(bens_memos, blind, context, qtbot):
    panel = DetailsPanel(context)
    qtbot.addWidget(panel)
    panel.show_coding(bens_memos.id)
    passage, coding = panel._memo, panel._coding_memo
    assert passage._others.text() == ""
    assert coding.isHidden(), "an empty card would tell that there is a memo"
    edits.mark_done(blind.project, blind.round, [blind.first], [blind.Ann])
    assert passage._others.text().endswith("Ben thinks")
    assert coding._others.text().endswith("Ben thinks")
    blind.project.undo()
    assert passage._others.text() == ""
    assert coding.isHidden()


def test_the_memo_on_a_source_shows_none_of_those_who_are_hidden(bens_memos, blind, context, qtbot):
    source = next(one for one in sources(blind.project) if one.id == bens_memos.source_id)
    window = SourceMemo(context, source)
    qtbot.addWidget(window)
    assert window._others.text() == ""
    edits.mark_done(blind.project, blind.round, [blind.first], [blind.Ann])
    assert window._others.text().endswith("Ben thinks")


@pytest.fixture
def trees(qtbot, context, blind):
    """The two lists beside the text, and the line at the bottom."""
    actions = ActionSet(qtbot_window(qtbot), {})
    made = SimpleNamespace(
        codes=CodebookPanel(context, actions), sources=SourcesPanel(context, actions), bottom=BottomBar(context)
    )
    for panel in vars(made).values():
        qtbot.addWidget(panel)
    context.show(blind.project)
    return made


def counts(trees, blind):
    codes = [trees.codes.model.index_of(blind.codes[name]).data(COUNT) for name in ("Fear", "Hope", "Work")]
    sources = [trees.sources.model.index_of(one).data(CODINGS) for one in (blind.first, blind.second)]
    return codes, sources, trees.bottom._counts.text().rsplit(" · ", 1)[-1]


def test_numbers_beside_codes_and_sources_leave_out_what_is_hidden(trees, blind, context):
    assert counts(trees, blind) == ([2, 0, 2], [4, 0], "4 codings")
    edits.mark_done(blind.project, blind.round, [blind.first], [blind.Ann])
    assert counts(trees, blind) == ([3, 1, 3], [7, 0], "7 codings")
    blind.project.undo()
    assert counts(trees, blind) == ([2, 0, 2], [4, 0], "4 codings")
    context.work_as(blind.Ben)
    assert counts(trees, blind) == ([3, 1, 3], [7, 0], "7 codings"), "Ben has finished it"


def test_where_counting_would_take_long_no_number_is_shown_rather_than_everybodys(trees, blind, monkeypatch):
    monkeypatch.setattr("coder_app.gui.blinding._MOST_COUNTED", 3)
    apply_code(blind.project, blind.second, 0, 5, blind.codes["Hope"], blind.Ben)
    assert counts(trees, blind) == ([0, 0, 0], [0, 1], "1 coding")
    apply_code(blind.project, blind.first, 0, 5, blind.codes["Hope"], blind.Ann)
    assert counts(trees, blind) == ([0, 0, 0], [0, 1], "1 coding")
    edits.mark_done(blind.project, blind.round, [blind.first], [blind.Ann])
    assert counts(trees, blind) == ([3, 3, 3], [8, 1], "9 codings")


def test_numbers_follow_ones_own_codings_and_not_what_others_do_in_hidden_sources(trees, blind):
    apply_code(blind.project, blind.first, 0, 5, blind.codes["Hope"], blind.Ann)
    assert counts(trees, blind) == ([2, 1, 2], [5, 0], "5 codings")
    apply_code(blind.project, blind.first, 6, 10, blind.codes["Hope"], blind.Ben)
    assert counts(trees, blind) == ([2, 1, 2], [5, 0], "5 codings")
    apply_code(blind.project, blind.second, 0, 5, blind.codes["Hope"], blind.Ben)
    assert counts(trees, blind) == ([2, 2, 2], [5, 1], "6 codings"), "nothing is hidden in the second source"


def test_a_source_of_a_blind_round_is_removed_while_a_coding_of_it_is_shown(qtbot, context, blind):
    panel = DetailsPanel(context)
    qtbot.addWidget(panel)
    context.show(blind.project)
    panel.show_coding(next(one.id for one in codings_in(blind.project, blind.first) if one.coder_id == blind.Ann))
    remove_sources(blind.project, [blind.first])
    assert panel._segment._empty.isVisibleTo(panel)
