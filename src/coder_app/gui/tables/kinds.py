"""What each kind of table is called, and which of its columns the window shows."""

from dataclasses import dataclass

from coder_app.analysis.tables.material import Measure
from coder_app.i18n import tr
from coder_app.reports.table_options import TableKind


def kind_words() -> dict[TableKind, str]:
    """Return what the kinds are called, in the order in which they are offered."""
    return {
        TableKind.SOURCES: tr("codes × sources"),
        TableKind.CASES: tr("codes × cases"),
        TableKind.VARIABLE: tr("codes × variable"),
        TableKind.CODERS: tr("codes × coders"),
        TableKind.FREQUENCIES: tr("code frequencies"),
        TableKind.COVERAGE: tr("coverage of texts"),
        TableKind.UNCODED: tr("uncoded passages"),
        TableKind.CONTRADICTIONS: tr("contradicting passages"),
        TableKind.SEQUENCE: tr("code sequences"),
        TableKind.SATURATION: tr("saturation"),
    }


def measure_names() -> dict[str, str]:
    """Return what a cell may be, in few words."""
    return {
        Measure.CODINGS.value: tr("codings"),
        Measure.SEGMENTS.value: tr("segments"),
        Measure.COVERAGE.value: tr("characters"),
        Measure.SHARE.value: tr("share of text"),
        Measure.PRESENCE.value: tr("present or not"),
        Measure.SOURCES.value: tr("sources"),
    }


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column names a row, which stand beside it, which is shaded, which is widest, and which are shares."""

    name: str
    shown: tuple[str, ...]
    shaded: str = ""
    wide: str = ""
    percent: frozenset[str] = frozenset()


TESTS = Layout(
    "code",
    (
        "n",
        "missing",
        "with_code",
        "statistic",
        "df",
        "p",
        "q",
        "p_textbook",
        "p_fisher",
        "effect",
        "least_expected",
        "note",
        "undefined",
    ),
    wide="note",
)
LAYOUTS = {
    TableKind.FREQUENCIES: Layout(
        "code",
        (
            "codings",
            "segments",
            "sources",
            "cases",
            "people",
            "characters",
            "share_of_text",
            "share_of_codings",
            "first_used",
            "last_used",
        ),
        "codings",
        percent=frozenset({"share_of_text", "share_of_codings"}),
    ),
    TableKind.COVERAGE: Layout(
        "source",
        ("characters", "share", "uncoded", "once", "twice", "more", "most", "codes"),
        "share",
        percent=frozenset({"share"}),
    ),
    TableKind.UNCODED: Layout("source", ("text", "words", "characters"), wide="text"),
    TableKind.CONTRADICTIONS: Layout("source", ("text", "code_a", "coder_a", "code_b", "coder_b", "kind"), wide="text"),
    TableKind.SEQUENCE: Layout(
        "code", ("next", "observed", "expected", "ratio", "share", "p", "q"), "observed", percent=frozenset({"share"})
    ),
    TableKind.SATURATION: Layout(
        "source",
        ("position", "new", "cumulative", "run", "new_in_run", "ratio", "reached"),
        "new",
        percent=frozenset({"ratio"}),
    ),
}


def short_titles() -> dict[str, str]:
    """Return headings for narrow columns in place of those that files have."""
    return {
        "ratio": tr("Ratio"),
        "share": tr("Share"),
        "p": tr("p"),
        "q": tr("q"),
        "p_textbook": tr("p textbook"),
        "p_fisher": tr("p Fisher"),
        "with_code": tr("With code"),
        "least_expected": tr("Expected"),
        "undefined": tr("Undefined"),
        "people": tr("Coders"),
        "share_of_text": tr("Of text"),
        "share_of_codings": tr("Of codings"),
        "uncoded": tr("Uncoded"),
        "once": tr("1 code"),
        "twice": tr("2 codes"),
        "more": tr("3 or more"),
        "most": tr("Most"),
        "codes": tr("Codes"),
        "coder_a": tr("Coder A"),
        "coder_b": tr("Coder B"),
        "new": tr("New"),
        "cumulative": tr("So far"),
        "new_in_run": tr("In the run"),
    }
