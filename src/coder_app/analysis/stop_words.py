"""The words that stand in every text and say little about it, in the languages that ship with the app."""

from collections.abc import Iterable
from functools import cache

from coder_app.bundled import bundled
from coder_app.domain.errors import BadInput
from coder_app.i18n import tr

LANGUAGES = ("de", "en", "es", "fr", "kk", "ru", "tr")
"""The languages for which there is a list, by their ISO 639-1 codes."""


def stop_words(languages: Iterable[str]) -> frozenset[str]:
    """Return the function words of all these languages, in lower case. Raises BadInput for an unknown one."""
    return frozenset[str]().union(*map(_of, languages))


@cache
def _of(language: str) -> frozenset[str]:
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise BadInput(tr("There is no stop list for “{language}”; there are {known}.", language=language, known=known))
    lines = (bundled("resources") / "stopwords" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
