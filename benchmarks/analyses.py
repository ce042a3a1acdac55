"""Measures what is counted besides plain co-occurrence: other modes, tests, tables, queries, agreement."""

from dataclasses import replace
from pathlib import Path

from clock import timed
from material import Material

from coder_app.store.project import Project

QUERIES = {
    "query_near": "{0} NEAR(1 paragraph) {1}",
    "query_nested": "({0} OR {1} OR {2}) WITHIN {3} AND NOT coder:ana",
    "query_words": '{0} AND text:"the" AND memo:"a"',
}


def modes(made: Material, _: Path) -> dict[str, float]:
    """From the stored rows to a table of all pairs with its coefficients; each coder apart, which is the default."""
    from coder_app.analysis.cooccurrence_table import pairs_table
    from coder_app.analysis.how import Counting, Mode, Unit
    from coder_app.analysis.inference import Inference
    from coder_app.analysis.measured import measured
    from coder_app.reports.cooccurrence import counted

    def of(how: Counting) -> None:
        found = counted(project, how)
        pairs_table(found.result, found.tree, measured(found.tally, found.result, Inference()))

    ways = {
        "mode_segments": Counting(),
        "mode_relation": Counting(Mode.RELATION),
        "mode_proximity": Counting(Mode.PROXIMITY),
        "mode_windows": Counting(Mode.WINDOWS),
        "mode_fixed": Counting(Mode.UNITS, Unit.WINDOW),
    }
    with Project.open(made.coded, write=False) as project:
        of(Counting())
        return {name: timed(lambda how=how: of(how)) for name, how in ways.items()}


def inference(made: Material, _: Path) -> dict[str, float]:
    """All coders taken as one: exact permutation within documents for all pairs, and 10,000 resamples of documents."""
    from coder_app.analysis.how import MERGED, Counting
    from coder_app.analysis.inference import Against, Inference
    from coder_app.analysis.measured import measured
    from coder_app.reports.cooccurrence import counted

    asked = {
        "permutation": Inference(test=Against.PERMUTATION),
        "bootstrap": Inference(intervals=("jaccard",)),
    }
    with Project.open(made.coded, write=False) as project:
        found = counted(project, Counting(coders=MERGED))
        return {name: timed(lambda one=one: measured(found.tally, found.result, one)) for name, one in asked.items()}


def tables(made: Material, _: Path) -> dict[str, float]:
    """From the stored rows to the finished table, without resampling."""
    from coder_app.queries.codes import codes
    from coder_app.reports.table_options import TableKind, TableOptions
    from coder_app.reports.tables import made as table

    kinds = (
        TableKind.SOURCES,
        TableKind.CODERS,
        TableKind.FREQUENCIES,
        TableKind.COVERAGE,
        TableKind.UNCODED,
        TableKind.CONTRADICTIONS,
        TableKind.SEQUENCE,
        TableKind.SATURATION,
    )
    with Project.open(made.coded, write=False) as project:
        tree_heads = [one.id for one in codes(project) if one.parent_id is None]
        table(project, TableOptions(TableKind.CODERS))
        found: dict[str, float] = {}
        for kind in kinds:
            options = TableOptions(kind, resamples=0)
            if kind is TableKind.CONTRADICTIONS:
                options = replace(options, exclusive=(tree_heads[0],))
            found[f"table_{kind.name.lower()}"] = timed(lambda options=options: table(project, options))
        return found


def queries(made: Material, _: Path) -> dict[str, float]:
    """From the words of a query to its passages; numpy is loaded before."""
    from coder_app.queries.codes import code_uses, codes
    from coder_app.queries.retrieval import run

    with Project.open(made.coded, write=False) as project:
        uses = code_uses(project)
        often = sorted(codes(project), key=lambda code: -uses[code.id].codings if code.id in uses else 0)[:4]
        names = [f'"{code.name}"' for code in often]
        run(project, names[0])
        return {name: timed(lambda text=text: run(project, text.format(*names))) for name, text in QUERIES.items()}


def agreement(made: Material, _: Path) -> dict[str, float]:
    """All codes by paragraphs, all coders; without and with the bootstrap over documents."""
    from coder_app.reports.agreement import Options, table_of

    with Project.open(made.coded, write=False) as project:
        table_of(project, Options(resamples=0))
        return {
            "agreement": timed(lambda: table_of(project, Options(resamples=0))),
            "agreement_intervals": timed(lambda: table_of(project, Options())),
        }
