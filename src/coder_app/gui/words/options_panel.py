"""The left column: where and which words are counted, and what the chosen words say."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from coder_app.analysis.stop_words import LANGUAGES
from coder_app.domain.model import Source
from coder_app.domain.tree import CodeTree
from coder_app.gui.analyse.choice_row import ChoiceRow
from coder_app.gui.analyse.chooser import Chooser
from coder_app.gui.context import Context
from coder_app.gui.picker.picker import CodePicker
from coder_app.gui.theme import set_role
from coder_app.gui.widgets.words import card, heading, words
from coder_app.gui.words import options as said
from coder_app.gui.words.options import ALL, Options, Scope, Where
from coder_app.gui.words.own_words import OwnWords
from coder_app.i18n import tr

_SEVERAL = "several"
_CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Offered:
    """What there is to choose from: sources by id in their order, folders, codes, the project's own stop words."""

    sources: dict[str, Source] = field(default_factory=dict[str, Source])
    folders: Sequence[str] = ()
    tree: CodeTree = field(default_factory=lambda: CodeTree([]))
    own: frozenset[str] = frozenset()
    current: str = ""


class WordOptions(QFrame):
    """Rows of words, each with a menu. Keeps what is chosen and tells of every change."""

    changed = Signal()
    own_words_changed = Signal(frozenset)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "left-panel")
        self.options = Options()
        self._offered = Offered()
        self.scope = ChoiceRow(tr("Count in"))
        self.languages = ChoiceRow(tr("Stop list"))
        self.own = ChoiceRow(tr("Own stop words"))
        self.length = ChoiceRow(tr("Shortest word"))
        self.rarest = ChoiceRow(tr("Rarest word"))
        self.case = ChoiceRow(tr("Capitals"))
        self.numbers = ChoiceRow(tr("Numbers"))
        self.source_chooser = Chooser(tr("Sources to count in"), self)
        self.language_chooser = Chooser(tr("Stop lists"), self)
        self.own_words = OwnWords(self)
        self.picker = CodePicker(context, self)
        self._reading = words("")
        self._basis = words("", "muted")
        self._arrange()
        self._connect()
        self.refresh()

    def _arrange(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 14, 0, 14)
        column.setSpacing(0)
        parts = (
            (tr("Scope"), (self.scope,)),
            (tr("Left out"), (self.languages, self.own, self.length, self.rarest)),
            (tr("Words"), (self.case, self.numbers)),
        )
        for title, rows in parts:
            column.addWidget(_padded(heading(title)))
            column.addSpacing(4)
            for row in rows:
                column.addWidget(row)
            column.addSpacing(14)
        frame, lines = card()
        lines.addWidget(self._reading)
        lines.addWidget(self._basis)
        column.addWidget(_padded(heading(tr("Reading"))))
        column.addSpacing(8)
        column.addWidget(_padded(frame))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(tr("Which words to count"))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        set_role(scroll, "quiet")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _connect(self) -> None:
        rows = {
            "min_length": self.length,
            "min_count": self.rarest,
            "match_case": self.case,
            "numbers": self.numbers,
        }
        for name, row in rows.items():
            row.picked.connect(partial(self._take, name))
        self.scope.picked.connect(self._on_scope)
        self.languages.picked.connect(self._on_languages)
        self.own.picked.connect(self._on_own)
        self.source_chooser.chosen.connect(self._on_sources_ticked)
        self.language_chooser.chosen.connect(partial(self._take, "languages"))
        self.own_words.changed.connect(self.own_words_changed)
        self.picker.code_picked.connect(self._on_code)

    def _take(self, name: str, value: object) -> None:
        self.choose(**{name: value})

    def choose(self, **fields: Any) -> None:  # noqa: ANN401 - fields of Options, each of its own type
        """Change some of what is chosen, and tell."""
        wanted = replace(self.options, **fields)
        if wanted != self.options:
            self.options = wanted
            self.refresh()
            self.changed.emit()

    def _on_scope(self, value: Scope) -> None:
        if value.where is Where.CHOSEN:
            things = [(one.id, one.name) for one in self._offered.sources.values()]
            there = self.options.scope
            ticked = there.chosen if there.where is Where.CHOSEN else None
            self.source_chooser.ask(things, ticked, self.scope)
        elif value.where is Where.CODE:
            corner = self.scope.mapToGlobal(self.scope.rect().bottomLeft())
            self.picker.ask(corner, tr("Count in the passages of"), create=False, stay=False, groups=True)
        else:
            self.choose(scope=value)

    def _on_sources_ticked(self, ids: frozenset[str]) -> None:
        every = ids == self._offered.sources.keys()
        self.choose(scope=ALL if every else Scope(Where.CHOSEN, chosen=ids))

    def _on_code(self, code_id: str) -> None:
        self.choose(scope=Scope(Where.CODE, code_id))

    def _on_languages(self, value: object) -> None:
        if value == _SEVERAL:
            things = list(said.language_words().items())
            self.language_chooser.ask(things, self.options.languages, self.languages)
        else:
            self.choose(languages=value)

    def _on_own(self, value: object) -> None:
        if value == _CHANGE:
            self.own_words.ask(self._offered.own, self.own)
        else:
            self.choose(own=value)

    def reset(self) -> None:
        """Forget what was chosen for another project."""
        self.options = Options()
        for popup in (self.source_chooser, self.language_chooser, self.own_words, self.picker):
            popup.close()

    def offer(self, offered: Offered) -> None:
        """Offer what the project holds now; a scope that is gone becomes all sources."""
        self._offered = offered
        scope = self.options.scope
        gone = {
            Where.SOURCE: scope.name not in offered.sources,
            Where.FOLDER: scope.name not in offered.folders,
            Where.CODE: scope.name not in offered.tree,
            Where.CHOSEN: not scope.chosen & offered.sources.keys(),
        }
        if gone.get(scope.where, False):
            self.options = replace(self.options, scope=ALL)
        elif scope.where is Where.CHOSEN:
            left = Scope(Where.CHOSEN, chosen=scope.chosen & offered.sources.keys())
            self.options = replace(self.options, scope=left)
        self.refresh()

    def refresh(self) -> None:
        """Show in every row what is chosen."""
        chosen, offered = self.options, self._offered
        self.scope.offer(
            self._scopes(), chosen.scope, shown=said.scope_words(chosen.scope, offered.sources, offered.tree)
        )
        names = said.language_words()
        lists: list[tuple[object, str]] = [(frozenset[str](), tr("none"))]
        lists += [(frozenset([code]), names[code]) for code in LANGUAGES]
        several = (_SEVERAL, tr("Several…"))
        self.languages.offer([*lists, several], chosen.languages, shown=said.languages_words(chosen.languages))
        out = tr("{n} left out", n=len(offered.own)) if offered.own else tr("none yet")
        entries = [(True, tr("left out")), (False, tr("counted")), (_CHANGE, tr("Change…"))]
        self.own.offer(entries, chosen.own, shown=out if chosen.own else tr("counted"))
        self.length.offer([(n, said.length_words(n)) for n in said.LENGTHS], chosen.min_length)
        self.rarest.offer([(n, said.count_words(n)) for n in said.COUNTS], chosen.min_count)
        self.case.offer(list(said.case_words().items()), chosen.match_case)
        self.numbers.offer(list(said.numbers_words().items()), chosen.numbers)

    def _scopes(self) -> list[tuple[object, str]]:
        offered, scope = self._offered, self.options.scope
        entries: list[tuple[object, str]] = [(ALL, tr("All sources"))]
        shown = dict.fromkeys((offered.current, scope.name if scope.where is Where.SOURCE else ""))
        for source_id in shown:
            if source_id in offered.sources:
                name = offered.sources[source_id].name
                entries.append((Scope(Where.SOURCE, source_id), tr("This source: {name}", name=name)))
        entries += [(Scope(Where.FOLDER, one), tr("Folder {folder}", folder=one)) for one in offered.folders]
        entries.append((scope if scope.where is Where.CHOSEN else Scope(Where.CHOSEN), tr("Choose sources…")))
        entries.append((scope if scope.where is Where.CODE else Scope(Where.CODE), tr("Passages of a code…")))
        return entries

    def read(self, reading: str, basis: str) -> None:
        """Say the chosen words, and what they are counted among."""
        for label, text in ((self._reading, reading), (self._basis, basis)):
            label.setText(text)
            label.setVisible(bool(text))

    def reading(self) -> tuple[str, str]:
        """Return what the card says."""
        return self._reading.text(), self._basis.text()


def _padded(inner: QWidget) -> QWidget:
    outer = QWidget()
    row = QVBoxLayout(outer)
    row.setContentsMargins(14, 0, 14, 0)
    row.addWidget(inner)
    return outer
