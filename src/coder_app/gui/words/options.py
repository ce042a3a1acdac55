"""What can be chosen for counting words, and how it is said."""

from dataclasses import dataclass
from enum import StrEnum

from coder_app.analysis.kwic import Sort
from coder_app.analysis.stop_words import stop_words
from coder_app.analysis.words import Counting
from coder_app.domain.extents import Extent
from coder_app.domain.model import Source
from coder_app.domain.tree import CodeTree
from coder_app.i18n import tr, trn

LENGTHS = (1, 2, 3, 4, 5, 6, 8, 10)
COUNTS = (1, 2, 3, 5, 10, 20, 50, 100)


class Where(StrEnum):
    """What words are counted in."""

    ALL = "all"
    SOURCE = "source"
    FOLDER = "folder"
    CHOSEN = "chosen"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Scope:
    """What words are counted in: `name` is the id of a source or code or a folder, `chosen` are ids of sources."""

    where: Where = Where.ALL
    name: str = ""
    chosen: frozenset[str] = frozenset()


ALL = Scope()


@dataclass(frozen=True, slots=True)
class Options:
    """What a person has chosen. `own` leaves the project's own stop words out as well."""

    scope: Scope = ALL
    languages: frozenset[str] = frozenset()
    own: bool = True
    min_length: int = 1
    min_count: int = 1
    match_case: bool = False
    numbers: bool = False

    def counting(self, own_words: frozenset[str]) -> Counting:
        """Return which words are shown, where the project's own stop words are `own_words`."""
        stop = stop_words(self.languages) | (own_words if self.own else frozenset[str]())
        return Counting(
            match_case=self.match_case,
            stop=stop,
            min_length=self.min_length,
            min_count=self.min_count,
            numbers=self.numbers,
        )


def language_words() -> dict[str, str]:
    """Return the names of the languages that have a stop list, by their codes."""
    return {
        "de": tr("German"),
        "en": tr("English"),
        "es": tr("Spanish"),
        "fr": tr("French"),
        "kk": tr("Kazakh"),
        "ru": tr("Russian"),
        "tr": tr("Turkish"),
    }


def languages_words(languages: frozenset[str]) -> str:
    """Say which stop lists are used."""
    return ", ".join(words for code, words in language_words().items() if code in languages) or tr("none")


def case_words() -> dict[object, str]:
    """Return what can be said of capitals."""
    return {False: tr("ignored"), True: tr("told apart")}


def numbers_words() -> dict[object, str]:
    """Return what can be said of bare numbers."""
    return {False: tr("left out"), True: tr("counted")}


def length_words(length: int) -> str:
    """Say how long the shortest word is."""
    return tr("any") if length == 1 else trn("{n} letter", "{n} letters", length)


def count_words(count: int) -> str:
    """Say how often the rarest word stands."""
    return tr("once") if count == 1 else trn("{n} time", "{n} times", count)


def sort_words() -> dict[object, str]:
    """Return what lines can be sorted by."""
    return {
        Sort.PLACE: tr("place"),
        Sort.LEFT: tr("words before"),
        Sort.RIGHT: tr("words after"),
        Sort.WORD: tr("the word"),
    }


def extent_words() -> dict[object, str]:
    """Return how far a coding can reach."""
    return {
        Extent.MATCH: tr("the word"),
        Extent.SENTENCE: tr("its sentence"),
        Extent.PARAGRAPH: tr("its paragraph"),
        Extent.TURN: tr("the speaker’s turn"),
    }


def scope_words(scope: Scope, sources: dict[str, Source], tree: CodeTree) -> str:
    """Say what words are counted in."""
    match scope.where:
        case Where.SOURCE:
            return sources[scope.name].name
        case Where.FOLDER:
            return tr("folder {folder}", folder=scope.name)
        case Where.CHOSEN:
            return tr("{n} of {all}", n=len(scope.chosen), all=trn("{n} source", "{n} sources", len(sources)))
        case Where.CODE:
            return tr("coded “{code}”", code=tree[scope.name].name)
        case Where.ALL:
            return tr("all sources")
