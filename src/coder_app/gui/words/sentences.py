"""Says in words what is chosen and what it is counted among."""

from collections.abc import Sequence

from coder_app.analysis.words import Counting, Words
from coder_app.gui.words import options as said
from coder_app.gui.words.lines_model import is_right_to_left
from coder_app.gui.words.material import Counted
from coder_app.gui.words.options import Options
from coder_app.gui.words.words_model import rate_words
from coder_app.i18n import tr, trn


def reading(rows: Sequence[Words], counted: Counted) -> str:
    """Say how often the chosen words stand."""
    if not rows:
        return tr("Choose a word: it is said here how often it stands, and read at the right.")
    times = sum(row.times for row in rows)
    often = trn("{n} time", "{n} times", times)
    rate = rate_words(times, counted.running)
    sources = trn("{n} source", "{n} sources", len(counted.parts))
    if len(rows) == 1:
        return tr(
            "“{word}” stands {often}, in {n} of {sources}: {rate} in 1,000 words.",
            word=_apart(rows[0].word),
            often=often,
            n=rows[0].sources,
            sources=sources,
            rate=rate,
        )
    return tr(
        "{words} stand {often} together: {rate} in 1,000 words.",
        words=trn("{n} word", "{n} words", len(rows)),
        often=often,
        rate=rate,
    )


def _apart(word: str) -> str:
    """Return a word so that one from right to left does not turn the sentence around it."""
    return f"\u2068{word}\u2069" if is_right_to_left(word) else word


def basis(counted: Counted, taken: int) -> str:
    """Say what is counted, and how much of it is left out."""
    return tr(
        "{running} running words, {all} different ones, {out} of these left out.",
        running=f"{counted.running:,}",
        all=f"{len(counted.rows):,}",
        out=f"{len(counted.rows) - taken:,}",
    )


def settings(options: Options, counting: Counting, scope: str) -> dict[str, str]:
    """Return how words were counted, for the head of an exported table."""
    return {
        tr("Counted in"): scope,
        tr("Stop lists"): said.languages_words(options.languages),
        tr("Words left out"): str(len(counting.stop)),
        tr("Shortest word"): said.length_words(options.min_length),
        tr("Rarest word"): said.count_words(options.min_count),
        tr("Capitals"): said.case_words()[options.match_case],
        tr("Numbers"): said.numbers_words()[options.numbers],
    }
