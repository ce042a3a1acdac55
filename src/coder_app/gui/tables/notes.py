"""What the window says of a table: what the numbers rest on, and a chosen cell in words."""

from coder_app.analysis.tables.material import Measure
from coder_app.domain.number_words import decimal, probability
from coder_app.domain.table import Cell
from coder_app.gui.tables.kinds import measure_names
from coder_app.i18n import tr, trn
from coder_app.reports.table_options import TableKind
from coder_app.reports.tables import Made


def note_of(made: Made, block: str) -> str:
    """Return the line below a table."""
    options, settings = made.gathered.options, made.table.settings
    parts: list[str] = []
    if options.tests:
        first = dict(zip(_ids(made), made.table.rows[0], strict=True))
        parts += [
            tr("{test}, effect: {effect}", test=first.get("test", ""), effect=first.get("effect_name", "")),
            settings.get("effect_sign", ""),
            tr("over {units}", units=settings.get("tested_over", "")),
            tr("p from {n} shuffles, seed {seed}", n=settings.get("resamples", ""), seed=settings.get("seed", "")),
        ]
    elif options.kind is TableKind.SATURATION:
        parts += _saturated(made, block)
    elif options.kind is TableKind.SEQUENCE:
        parts.append(tr("expected: over all orders within each source"))
        if options.resamples != 0:
            parts.append(
                tr("p from {n} shuffles, seed {seed}", n=settings.get("resamples", ""), seed=settings.get("seed", ""))
            )
    elif options.kind is TableKind.CONTRADICTIONS:
        one, two = (int(settings.get(name, "0")) for name in ("one_coder", "two_coders"))
        parts.append(trn("{n} where one coder gave both codes", "{n} where one coder gave both codes", one))
        parts.append(trn("{n} where two coders differ", "{n} where two coders differ", two))
    elif options.kind is TableKind.COVERAGE:
        parts.append(tr("the stronger the colour, the more codes: one, two, three or more; a click opens the place"))
    elif "totals" in settings:
        parts += [_cells_words(made), tr("Totals: {words}", words=settings["totals"])]
        parts.append(tr("empty: nobody coded it"))
    else:
        parts.append(trn("{n:,} row", "{n:,} rows", len([row for row in made.table.rows if row[0] == block])))
    return " · ".join(part for part in parts if part)


def _cells_words(made: Made) -> str:
    return tr("Cells: {what}", what=measure_names().get(made.gathered.options.measure, ""))


def _ids(made: Made) -> list[str]:
    return [column.id for column in made.table.columns]


def reading(made: Made, record: dict[str, Cell], column: str) -> tuple[str, str]:
    """Return a chosen cell in words, and what it rests on."""
    kind = made.gathered.options.kind
    tree = made.gathered.material.tree
    code = tree[str(record["code_id"])].name if record.get("code_id") else ""
    match kind:
        case TableKind.SEQUENCE:
            following = tree[str(record["next_id"])].name
            said = tr("“{a}” is followed by “{b}” {n} times.", a=code, b=following, n=record["observed"])
            return said, _chance(record)
        case TableKind.SATURATION:
            said = tr(
                "“{source}” brought {new} new codes; {all} so far.",
                source=record["source"],
                new=record["new"],
                all=record["cumulative"],
            )
            return said, ""
        case TableKind.FREQUENCIES:
            codings, many = _whole(record["codings"]), _whole(record["sources"])
            times = trn("“{code}” was applied once", "“{code}” was applied {n:,} times", codings, code=code)
            return times + trn(", in {n} source.", ", in {n} sources.", many), ""
        case TableKind.UNCODED | TableKind.CONTRADICTIONS:
            many, source = _whole(record["characters"]), record["source"]
            return trn("{n:,} character of “{source}”.", "{n:,} characters of “{source}”.", many, source=source), ""
        case _:
            return _crossed(made, record, column, code)


def _saturated(made: Made, block: str) -> list[str]:
    """Return what is said of a block, and of those that have too few sources for a curve."""
    settings, drawn = made.table.settings, {f"result ({row[0]})" for row in made.table.rows}
    short = [words for name, words in settings.items() if name.startswith("result (") and name not in drawn]
    return [settings.get("result") or settings.get(f"result ({block})", ""), *short]


def _whole(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _chance(record: dict[str, Cell]) -> str:
    expected = record["expected"]
    said = tr("By chance {n} times would be expected.", n=f"{expected:.1f}" if isinstance(expected, float) else "")
    return said if record["p"] is not None else said + " " + tr("Not tested.")


def _crossed(made: Made, record: dict[str, Cell], column: str, code: str) -> tuple[str, str]:
    options = made.gathered.options
    if made.cross is None or column not in record:
        return _tested(record, code) if options.tests else ("", "")
    title = next((one.title for one in made.table.columns if one.id == column), column)
    value = record[column]
    if value is None:
        return tr("Nobody coded “{column}”, so nothing can be said.", column=title), ""
    by_coder = options.kind is TableKind.CODERS and column in made.gathered.material.coders.values()
    if not value or options.measure == Measure.PRESENCE.value:
        said = _present(by_coder=by_coder) if value else _absent(by_coder=by_coder)
    elif by_coder:
        said = _coder_sentences()[options.measure]
    else:
        said = _cell_sentences()[options.measure]
    number = f"{100 * value:.1f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else value
    return said.format(code=code, column=title, n=number), ""


def _cell_sentences() -> dict[str, str]:
    return {
        Measure.CODINGS.value: tr("“{code}” was applied {n} times in “{column}”."),
        Measure.SEGMENTS.value: tr("“{code}” stands on {n} segments of “{column}”."),
        Measure.COVERAGE.value: tr("“{code}” covers {n} characters of “{column}”."),
        Measure.SHARE.value: tr("“{code}” covers {n} % of the text of “{column}”."),
        Measure.SOURCES.value: tr("“{code}” is in {n} sources of “{column}”."),
    }


def _present(*, by_coder: bool) -> str:
    return tr("“{column}” used “{code}”.") if by_coder else tr("“{code}” is in “{column}”.")


def _absent(*, by_coder: bool) -> str:
    return tr("“{column}” did not use “{code}”.") if by_coder else tr("“{code}” is not in “{column}”.")


def _coder_sentences() -> dict[str, str]:
    return {
        Measure.CODINGS.value: tr("“{column}” applied “{code}” {n} times."),
        Measure.SEGMENTS.value: tr("“{column}” put “{code}” on {n} segments."),
        Measure.COVERAGE.value: tr("“{column}” put “{code}” on {n} characters."),
        Measure.SHARE.value: tr("“{column}” put “{code}” on {n} % of the text."),
        Measure.SOURCES.value: tr("“{column}” used “{code}” in {n} sources."),
    }


def _tested(record: dict[str, Cell], code: str) -> tuple[str, str]:
    if record.get("undefined"):
        return tr("“{code}”: {why}.", code=code, why=record["undefined"]), ""
    p, effect = record.get("p"), record.get("effect")
    shown = probability(p) if isinstance(p, float) else tr("not computed")
    said = tr(
        "“{code}”: {name} {effect}, p {p}.",
        code=code,
        name=record.get("effect_name"),
        effect=decimal(effect, 2) if isinstance(effect, float) else "",
        p=shown,
    )
    return said, str(record.get("note") or "")
