"""What is measured, on which sizes, and the goals and the peers' figures that stand beside it."""

from dataclasses import dataclass, field
from typing import NamedTuple

HEADLESS = "headless"
TOGETHER = "together"
ANALYSES = "analyses"
WINDOW = "window"
GAPS = "gaps"
ALL = "SMLH"


class Measurement(NamedTuple):
    """A function that is run in a process of its own, and the sizes on which it says something."""

    name: str
    module: str
    sizes: str = ALL
    in_child: bool = False
    """Whether the app runs in a process that the function starts, so that the memory meant is that one's."""


MEASUREMENTS = (
    Measurement("start", WINDOW, "S", in_child=True),
    Measurement("start_open", WINDOW, in_child=True),
    Measurement("open", HEADLESS),
    Measurement("open_window", WINDOW),
    Measurement("show_source", WINDOW, "SML"),
    Measurement("scroll", WINDOW),
    Measurement("apply_code", WINDOW),
    Measurement("resize", WINDOW),
    Measurement("correct_letter", WINDOW),
    Measurement("filter_codes", WINDOW),
    Measurement("pick_code", WINDOW),
    Measurement("index", HEADLESS),
    Measurement("search", HEADLESS),
    Measurement("autocode", HEADLESS),
    Measurement("cooccurrence", HEADLESS),
    Measurement("live_table", WINDOW),
    Measurement("import_texts", HEADLESS),
    Measurement("import_texts_cli", HEADLESS, "SM", in_child=True),
    Measurement("import_codings", HEADLESS),
    Measurement("undo_import", HEADLESS),
    Measurement("export_csv", HEADLESS),
    Measurement("export_xlsx", HEADLESS),
    Measurement("verify", HEADLESS),
    Measurement("merge_preview", TOGETHER, "M"),
    Measurement("merge", TOGETHER, "M"),
    Measurement("sync", TOGETHER, "M"),
    Measurement("modes", ANALYSES, "SML"),
    Measurement("inference", ANALYSES, "SM"),
    Measurement("tables", ANALYSES, "SML"),
    Measurement("queries", ANALYSES, "SML"),
    Measurement("agreement", ANALYSES, "SM"),
    Measurement("gaps", GAPS),
)
BY_NAME = {one.name: one for one in MEASUREMENTS}


class Goal(NamedTuple):
    """At most so much (seconds, or what the line counts in), and at most so many MiB."""

    most: float
    memory: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A thing of which a measurement tells: its goals by size, and what the peers take on M."""

    name: str
    what: str
    goals: dict[str, Goal] = field(default_factory=dict)
    peers: tuple[str, str] = ("", "")
    counts: str = "seconds"
    """"seconds", or "times" for a ratio."""
    in_readme: str = ""
    """The size whose figure is in the README too; "" for none."""


def _goals(**most: float | tuple[float, float]) -> dict[str, Goal]:
    return {size: Goal(*goal) if isinstance(goal, tuple) else Goal(goal) for size, goal in most.items()}


_FRAME = _goals(M=0.008, H=0.008)
_SLOW_FRAME = _goals(M=0.016, H=0.016)
_RESPONSIVE = _goals(L=0.1)

GROUPS: dict[str, tuple[Line, ...]] = {
    "Start and open": (
        Line(
            "start",
            "Start to a usable window, no project",
            _goals(S=(0.8, 200)),
            ("10.5 s, 1,166 MiB", "2.2 s"),
            in_readme="S",
        ),
        Line(
            "start_open",
            "Start to a usable window, project open",
            _goals(M=1.0, L=(2.0, 500)),
            ("10.4 s", "1.05 s"),
            in_readme="M",
        ),
        Line("open", "Open the project file itself"),
        Line(
            "open_window",
            "Open a project in the window, its first text shown",
            _goals(L=(2.0, 500), H=(0.6, 250)),
            in_readme="L",
        ),
    ),
    "Read and code": (
        Line(
            "show_source",
            "Show a text of 5,000 words with its codings",
            _goals(M=0.08),
            ("0.59 s", "0.30 s"),
            in_readme="M",
        ),
        Line("scroll", "Scroll by three lines, one frame", _FRAME, ("24 ms", "")),
        Line("scroll_slow", "… the slowest of twenty (p95)", _SLOW_FRAME),
        Line("scroll_jump", "Jump to any place"),
        Line(
            "apply_code",
            "Apply a code and repaint, beside the disk's sync",
            _goals(M=0.02, H=(0.025, 250)),
            ("40 ms", "22 ms"),
            in_readme="M",
        ),
        Line("apply_code_edit", "… of it the edit with its journal"),
        Line("apply_code_views", "… of it all views brought up to date and painted"),
        Line("apply_code_disk", "… and beside it the disk's sync"),
        Line("resize", "Narrow or widen the window: the longest standstill", _goals(M=0.05, H=0.05)),
        Line("correct_letter", "Correct a letter of a coded text and repaint"),
    ),
    "Codes": (
        Line("filter_codes", "Filter the tree of codes, one key", _goals(L=0.016)),
        Line("filter_codes_slow", "… the slowest key"),
        Line("pick_code", "Type in the picker, one key", _goals(L=0.016)),
        Line("pick_code_slow", "… the slowest key"),
    ),
    "Search": (
        Line("search_first_common", "First 50 hits, of a common word", _goals(L=0.03), in_readme="L"),
        Line("search_first_rare", "… of a rare word", _goals(L=0.03)),
        Line("search_first_phrase", "… of a phrase of common words", _goals(L=0.03)),
        Line("search_first_near", "… of two words near each other", _goals(L=0.03)),
        Line("search_all_word", "All hits, of a common word", _goals(M=0.02), ("48 ms", "")),
        Line("search_all_regex", "… of a regular expression", _goals(M=0.135), ("135 ms", "")),
        Line("index", "Build the search index at one go"),
        Line("autocode_plan", "Plan to code up to 50,000 hits"),
        Line("autocode", "Code them, as one step"),
        Line("undo_autocode", "Undo the coding of those hits", _goals(M=3, L=3, H=3)),
    ),
    "Count": (
        Line(
            "cooccurrence_segments",
            "Co-occurrence from the stored rows, segments",
            _goals(S=0.02, M=0.2, L=2, H=0.3),
            ("20.6 s", "–"),
            in_readme="M",
        ),
        Line("cooccurrence_pairs", "… pairs", _goals(S=0.02, M=0.2, L=2, H=0.3)),
        Line("cooccurrence_characters", "… characters", _goals(S=0.02, M=0.2, L=2, H=0.3)),
        Line("cooccurrence_units", "… paragraphs"),
        Line("cooccurrence_roll_up", "… segments, sub-codes counted for the codes above"),
        Line("live_table", "An open table follows one coding"),
    ),
    "In and out": (
        Line("import_texts", "Import all text files", _goals(M=0.7), ("0.69 s", "25.1 s"), in_readme="M"),
        Line("import_texts_cli", "… from the command line, start included"),
        Line("import_codings", "Import all codings from a .csv file", _goals(L=60), in_readme="M"),
        Line(
            "import_codings_growth", "… what the file grows by, against the rows alone", _goals(L=2.2), counts="times"
        ),
        Line("undo_import", "Undo the import of codings", _goals(M=3), in_readme="M"),
        Line("redo_import", "… and do it again"),
        Line(
            "export_csv",
            "Export the annotation set, as .csv",
            _goals(M=0.8, L=15),
            ("1.27 s, 212 s to show it first", "8.5 s"),
            in_readme="M",
        ),
        Line("export_xlsx", "… as .xlsx", _goals(M=4, L=(80, 400)), ("6.5 s", "12.8 s"), in_readme="M"),
        Line("verify", "Verify the project against its journal"),
    ),
    "Work together": (
        Line("merge_preview", "Look at what merging a copy with 5,000 steps of its own would do", _goals(M=3)),
        Line("merge", "Merge that copy into one with 5,000 steps of its own", _goals(M=10)),
        Line("merge_out", "… and take the merge out again"),
        Line("sync_first", "Take in a team folder of ten members, 20,000 steps", _goals(M=15)),
        Line("sync_nothing_new", "… when nothing is new", _goals(M=1)),
    ),
    "Count and compare": (
        Line("mode_segments", "All pairs with coefficients, each coder apart: co-coded stretches", _goals(M=1)),
        Line("mode_relation", "… codings within codings", _goals(M=1)),
        Line("mode_proximity", "… codings at most a paragraph apart", _goals(M=1)),
        Line("mode_windows", "… moving windows of four paragraphs", _goals(M=1)),
        Line("mode_fixed", "… windows of 100 words", _goals(M=1)),
        Line("permutation", "Permutation test of all pairs, exact", _goals(M=30)),
        Line("bootstrap", "Intervals from 10,000 resamples of documents", _goals(M=30)),
        Line("table_sources", "Codes by sources", _goals(M=1)),
        Line("table_coders", "… by coders", _goals(M=1)),
        Line("table_frequencies", "Frequencies of codes", _goals(M=1)),
        Line("table_coverage", "What is coded of each text", _goals(M=1)),
        Line("table_uncoded", "… and what is not", _goals(M=1)),
        Line("table_contradictions", "Codes that exclude one another on one passage", _goals(M=1)),
        Line("table_sequence", "Which code follows which", _goals(M=1)),
        Line("table_saturation", "Saturation", _goals(M=1)),
        Line("query_near", "A query, one code near another", _goals(M=1)),
        Line("query_nested", "… nested, without a coder", _goals(M=1)),
        Line("query_words", "… with words of texts and memos", _goals(M=1)),
        Line("agreement", "Agreement of all coders on all codes, by paragraphs", _goals(M=1)),
        Line("agreement_intervals", "… with intervals from 10,000 resamples", _goals(M=30)),
    ),
    "How long the window stands still at most": (
        Line("gap_open", "Standstill while a project is opened", _RESPONSIVE),
        Line("gap_source", "Standstill while another text is opened", _RESPONSIVE),
        Line("gap_code", "Standstill while a code is applied", _RESPONSIVE),
        Line("gap_undo", "Standstill while one coding is undone", _RESPONSIVE),
        Line("gap_correct", "Standstill while a text is opened to be corrected", _RESPONSIVE),
        Line("gap_correct_key", "Standstill at a key in a text that is corrected", _RESPONSIVE),
        Line("gap_keep", "Standstill while a corrected text is kept", _RESPONSIVE),
        Line("gap_undo_keep", "Standstill while that is undone", _RESPONSIVE),
        Line("gap_search", "Standstill while all texts are searched", _RESPONSIVE),
        Line("gap_autocode", "Standstill while up to 50,000 hits are coded", _RESPONSIVE),
        Line("gap_undo_many", "Standstill while those 50,000 are undone", _RESPONSIVE),
        Line("gap_analyse", "Standstill while all codings are counted for the first time", _RESPONSIVE),
    ),
}


class Limit(NamedTuple):
    """What the machine allows where nothing but the bare work is done: measured once with other programs than ours."""

    name: str
    size: str
    seconds: float
    how: str


LIMITS = (
    Limit(
        "open_window", "H", 0.47, "a view of our own with a layout for each paragraph in sight, and nothing around it"
    ),
    Limit("scroll", "H", 0.0036, "the same view, three lines"),
    Limit("scroll_jump", "H", 0.011, "the same view"),
    Limit("apply_code_views", "H", 0.0076, "the same view, one highlight more"),
    Limit("resize", "H", 0.025, "the same view"),
    Limit("apply_code_disk", "M", 0.0011, "one commit with the journal truncated and synced, on a quiet disk"),
    Limit("search_first_common", "L", 0.0008, "SQLite's FTS5 by paragraph, with snippets"),
    Limit("search_all_regex", "L", 1.6, "Python's re over all texts in memory"),
    Limit("index", "L", 4.0, "FTS5 by paragraph, the texts stored already"),
    Limit("cooccurrence_pairs", "L", 1.59, "numpy, 1.45 s of it to fetch the rows"),
    Limit(
        "import_codings", "L", 3.2, "a million rows into one table, two indexes afterwards, no journal, nothing read"
    ),
)
