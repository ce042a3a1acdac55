"""Random corrections, codings, borders, undo and redo: what is not to check quotes what was marked, whatever came."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from coder_app.domain.errors import BadInput, UndoRefused
from coder_app.domain.imported import ImportedText
from coder_app.edits.codes import add_code
from coder_app.edits.codings import apply_code, move_segment, remove_codings
from coder_app.edits.sources import import_sources
from coder_app.edits.texts import accept_guess, correct_text, settle_segment
from coder_app.queries.history import history
from coder_app.queries.placing import placement_preview, segments_to_check
from coder_app.queries.sources import text_of
from coder_app.store.dump import dump
from coder_app.store.project import Project
from coder_app.store.verify import verify

FIRST = (
    "Anna: The market opened late. 🙂\nWe trusted the headman. Nobody asked why he came.\n"
    "Anna: And then?\nBekzat: The clan came at night. We trusted e\u0301te\u0301 the headman no more.\n"
)
PIECES = st.sampled_from(["the ", "We trusted", "x", "\n", "🙂", "\u0301", " no", "Anna: And then?\n", "Цены", ""])


class CorrectedTexts(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.project = Project.create(self.folder / "study.coder", coder="Coder A")
        self.undone = 0

    def teardown(self) -> None:
        problems = verify(self.project.db)
        self.project.close()
        shutil.rmtree(self.folder)
        assert problems == []

    @initialize()
    def furnish(self) -> None:
        text = ImportedText("One.txt", "text", FIRST, FIRST.encode(), "text", "1", "utf-8")
        (self.source,) = import_sources(self.project, [text])
        self.code = add_code(self.project, "Trust")
        self.states = [dump(self.project.db)]
        for start, stop in ((0, 5), (33, 55), (33, 82), (len(FIRST) - 9, len(FIRST))):
            self.note(apply_code(self.project, self.source, start, stop, self.code))

    @property
    def text(self) -> str:
        return text_of(self.project, self.source)

    def segments(self) -> list[str]:
        return [row[0] for row in self.project.rows("SELECT id FROM segment ORDER BY id")]

    def note(self, _done: object = None) -> None:
        """Keep the content after each step, to hold it against what undo and redo bring back."""
        if (now := dump(self.project.db)) != self.states[-1 - self.undone]:
            del self.states[len(self.states) - self.undone :]
            self.states.append(now)
            self.undone = 0

    @rule(data=st.data(), size=st.integers(0, 30), typed=PIECES)
    def change(self, data: st.DataObject, size: int, typed: str) -> None:
        at = data.draw(st.integers(0, len(self.text)))
        self.correct(self.text[:at] + typed + self.text[at + size :])

    @rule(data=st.data())
    def move_a_line(self, data: st.DataObject) -> None:
        lines = self.text.splitlines(keepends=True)
        line = lines.pop(data.draw(st.integers(0, len(lines) - 1)))
        lines.insert(data.draw(st.integers(0, len(lines))), line)
        self.correct("".join(lines))

    @rule(seed=st.integers(0, 99), typed=PIECES)
    def change_in_many_places(self, seed: int, typed: str) -> None:
        words = self.text.split(" ")
        self.correct(" ".join(typed if (place * 7 + seed) % 11 == 0 else word for place, word in enumerate(words)))

    def correct(self, text: str) -> None:
        rows = self.project.rows("SELECT count(*) FROM row_change")[0][0]
        preview = placement_preview(self.project, self.source, text)
        try:
            done = correct_text(self.project, self.source, text)
        except BadInput:
            assert text == self.text or not text.strip()
            return
        self.note()
        assert done == preview
        assert done.unchanged + done.moved + len(done.to_check) == len(self.segments())
        assert self.project.rows("SELECT count(*) FROM row_change")[0][0] == rows + 1
        assert {one.segment_id for one in done.to_check} == {
            one.segment_id for one in segments_to_check(self.project, self.source)
        }

    @rule(data=st.data())
    def code_or_move(self, data: st.DataObject) -> None:
        start = data.draw(st.integers(0, len(self.text) - 1))
        stop = data.draw(st.integers(start + 1, len(self.text)))
        what = data.draw(st.sampled_from(["code", "move", "settle"]))
        segments = self.segments()
        if what == "code" or not segments:
            self.note(apply_code(self.project, self.source, start, stop, self.code))
            return
        go = move_segment if what == "move" else settle_segment
        segment = data.draw(st.sampled_from(segments))
        self.note(go(self.project, segment, start, stop))
        found = self.project.rows("SELECT now_start, now_stop, placed FROM segment WHERE id = ?", (segment,))
        assert found == [(start, stop, 1)]

    @rule()
    def accept(self) -> None:
        self.note(accept_guess(self.project, self.segments()))
        assert segments_to_check(self.project) == []

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        if codings := self.project.rows("SELECT id FROM coding ORDER BY id"):
            self.note(remove_codings(self.project, [data.draw(st.sampled_from(codings))[0]]))

    @precondition(lambda self: len(self.states) - self.undone > 1)
    @rule()
    def undo(self) -> None:
        self.project.undo()
        self.undone += 1
        assert dump(self.project.db) == self.states[-1 - self.undone]

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        self.project.redo()
        self.undone -= 1
        assert dump(self.project.db) == self.states[-1 - self.undone]

    @rule(number=st.integers(0, 8))
    def revert(self, number: int) -> None:
        steps = history(self.project)[3:]
        try:
            self.project.revert(steps[-1 - number % len(steps)].id)
        except UndoRefused:
            return
        del self.states[len(self.states) - self.undone :]
        self.undone = 0
        self.states.append(dump(self.project.db))

    @rule()
    def close_and_open(self) -> None:
        self.project.close()
        self.project = Project.open(self.folder / "study.coder")
        assert verify(self.project.db) == []

    @invariant()
    def what_is_not_to_check_quotes_what_was_marked(self) -> None:
        for now_start, now_stop, placed, start, stop, then, today in self.project.rows(
            "SELECT now_start, now_stop, placed, start, stop, then_.text, today.text FROM segment"
            " JOIN source ON source.id = source_id JOIN text_body AS today ON today.hash = source.text_hash"
            " JOIN text_body AS then_ ON then_.hash = segment.text_hash"
        ):
            assert 0 <= now_start < now_stop <= len(today)
            assert not placed or today[now_start:now_stop] == then[start:stop]


CorrectedTexts.TestCase.settings = settings(deadline=None, max_examples=25, stateful_step_count=25)
TestCorrectedTexts = CorrectedTexts.TestCase
