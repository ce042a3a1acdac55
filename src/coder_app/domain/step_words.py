"""Says in words what a step did, such as “Ann applied “Trust” to 3 segments in Interview 4”.

The words come from the rows that a step changed, not from its label, so that they can name sources and are in
the reader's language. A step of very many rows is not looked into; its label and its counts have to do.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from coder_app.domain.change import Row, RowChange, Step
from coder_app.domain.field_words import KINDS, TEXTS, counted
from coder_app.i18n import tr, trn

ADDED, CHANGED, REMOVED = "added", "changed", "removed"

_NAMED = 3
_PLACES = {"folder", "order_key"}


@dataclass(frozen=True, slots=True)
class Deeds:
    """What a step did. `name(table, id)` is what a thing was called then, `source_of(segment id)` its source's id.

    `rows` is None where there are too many to be looked at.
    """

    step: Step
    label: str
    coder: str
    counts: Mapping[tuple[str, str], int]
    """How many rows were ADDED, CHANGED, REMOVED, by table and one of these."""
    rows: Sequence[RowChange] | None
    name: Callable[[str, str], str]
    source_of: Callable[[str], str]

    def count(self, table: str, how: str) -> int:
        """Return how many rows of a table were added, changed or removed."""
        return self.counts.get((table, how), 0)

    def images(self, table: str, how: str) -> list[Row]:
        """Return the rows of a table that were added, changed or removed, as they are since, or were last."""
        return [one.after or one.before or {} for one in self.changes(table, how)]

    def changes(self, table: str, how: str) -> list[RowChange]:
        """Return the changes of one kind to a table."""
        return [one for one in self.rows or () if one.table == table and how_changed(one) == how]

    def names(self, table: str, how: str) -> str:
        """Return the names of the things that were added, changed or removed, the first few of them."""
        return listed(self.name(table, one.row_id) for one in self.changes(table, how))


def how_changed(change: RowChange) -> str:
    """Return whether a row was ADDED, CHANGED or REMOVED."""
    if change.before is None:
        return ADDED
    return CHANGED if change.after is not None else REMOVED


def listed(names: Iterable[str]) -> str:
    """Return names in quotation marks, the first few, and how many there are more."""
    unique = list(dict.fromkeys(names))
    shown = ", ".join(tr("“{name}”", name=name) for name in unique[:_NAMED])
    more = len(unique) - _NAMED
    return shown if more <= 0 else tr("{names} and {n} more", names=shown, n=more)


def sentence(deeds: Deeds) -> str:
    """Return what a step did as one sentence without a full stop."""
    taken_back = _taken_back(deeds)
    if taken_back:
        return taken_back
    if deeds.rows is not None:
        for rule in _RULES:
            said = rule(deeds)
            if said:
                return said
    return _in_general(deeds)


def _taken_back(deeds: Deeds) -> str:
    if deeds.step is Step.UNDO:
        return tr("{coder} undid: {label}", coder=deeds.coder, label=deeds.label)
    if deeds.step is Step.REDO:
        return tr("{coder} did again: {label}", coder=deeds.coder, label=deeds.label)
    if deeds.step is Step.REVERT:
        return tr("{coder} took back: {label}", coder=deeds.coder, label=deeds.label.removeprefix("Revert: "))
    return tr("The project was begun") if deeds.step is Step.NEW else ""


def _in_general(deeds: Deeds) -> str:
    parts = [
        words
        for how, form in (
            (ADDED, tr("{things} added")),
            (CHANGED, tr("{things} changed")),
            (REMOVED, tr("{things} removed")),
        )
        for words in [", ".join(counted(table, deeds.count(table, how)) for table in KINDS if deeds.count(table, how))]
        if words
        for words in [form.replace("{things}", words)]
    ]
    return tr("{coder}: {label} ({what})", coder=deeds.coder, label=deeds.label, what="; ".join(parts))


def _begun_together(deeds: Deeds) -> bool:
    """Say whether a step made things of several kinds, as imports do, so that its label says it best."""
    kinds = [table for table in ("source", "code", "coding", "case", "variable") if deeds.count(table, ADDED)]
    return len(kinds) > 1


def _sources(deeds: Deeds) -> str:
    if deeds.count("source", ADDED):
        n, names = deeds.count("source", ADDED), deeds.names("source", ADDED)
        if _begun_together(deeds):
            return ""
        return trn(
            "{coder} imported {names}", "{coder} imported {n} sources: {names}", n, coder=deeds.coder, names=names
        )
    if deeds.count("source", REMOVED):
        return trn(
            "{coder} removed the source {what}{told}",
            "{coder} removed {n} sources: {what}{told}",
            deeds.count("source", REMOVED),
            coder=deeds.coder,
            what=deeds.names("source", REMOVED),
            told=_with(deeds, ("coding", "memo")),
        )
    return _changed_sources(deeds) if deeds.count("source", CHANGED) else ""


def _changed_sources(deeds: Deeds) -> str:
    changes = deeds.changes("source", CHANGED)
    fields = frozenset[str]().union(*(one.changed() for one in changes))
    renamed = _renamed(deeds, "source", tr("{coder} renamed the source “{before}” to “{after}”"))
    if renamed:
        return renamed
    names = deeds.names("source", CHANGED)
    if "text_hash" in fields:
        return tr("{coder} corrected the text of {names}", coder=deeds.coder, names=names)
    if fields <= _PLACES:
        return tr("{coder} moved the source {names}", coder=deeds.coder, names=names)
    return tr("{coder} changed the source {names}", coder=deeds.coder, names=names)


def _with(deeds: Deeds, tables: Iterable[str], how: str = REMOVED) -> str:
    """Return what went or came with a thing, such as " with 12 codings, 1 memo"; nothing where nothing did."""
    parts = [counted(table, deeds.count(table, how)) for table in tables if deeds.count(table, how)]
    return tr(" with {what}", what=", ".join(parts)) if parts else ""


def _renamed(deeds: Deeds, table: str, form: str) -> str:
    changes = deeds.changes(table, CHANGED)
    if len(changes) != 1 or "name" not in changes[0].changed():
        return ""
    before, after = (str((image or {}).get("name", "")) for image in (changes[0].before, changes[0].after))
    return form.format(coder=deeds.coder, before=before, after=after)


def merged_into(rows: Iterable[RowChange]) -> dict[str, str]:
    """Return by deleted code the code that took over what belonged to it, where rows of a step show one."""
    gone = {one.row_id for one in rows if one.table == "code" and one.after is None}
    into: dict[str, str] = {}
    for one in rows:
        if one.before is None or one.after is None:
            continue
        for column in ("code_id", "parent_id"):
            before, after = one.before.get(column), one.after.get(column)
            if before in gone and isinstance(after, str) and after not in gone:
                into.setdefault(str(before), after)
    return into


def _codes(deeds: Deeds) -> str:
    if deeds.count("code", REMOVED):
        return _removed_codes(deeds)
    if deeds.count("code", ADDED):
        return _added_codes(deeds)
    return _changed_codes(deeds) if deeds.count("code", CHANGED) else ""


def _removed_codes(deeds: Deeds) -> str:
    names, into = deeds.names("code", REMOVED), merged_into(deeds.rows or ())
    if into:
        target = deeds.name("code", next(iter(into.values())))
        return tr("{coder} merged {names} into “{target}”", coder=deeds.coder, names=names, target=target)
    if deeds.label.startswith("Merge "):
        return tr("{coder}: {label}", coder=deeds.coder, label=deeds.label)
    told = _with(deeds, ("coding", "memo"))
    return trn(
        "{coder} deleted the code {names}{told}",
        "{coder} deleted {n} codes: {names}{told}",
        deeds.count("code", REMOVED),
        coder=deeds.coder,
        names=names,
        told=told,
    )


def _added_codes(deeds: Deeds) -> str:
    n, names = deeds.count("code", ADDED), deeds.names("code", ADDED)
    codings = deeds.count("coding", ADDED)
    if codings and (n > 1 or codings > 1 or deeds.count("coder", ADDED)):
        return ""
    if codings:
        where = _where(deeds, deeds.images("coding", ADDED))
        return tr("{coder} made the code {names} on a passage in {where}", coder=deeds.coder, names=names, where=where)
    return trn("{coder} added the code {names}", "{coder} added {n} codes: {names}", n, coder=deeds.coder, names=names)


def _changed_codes(deeds: Deeds) -> str:
    renamed = _renamed(deeds, "code", tr("{coder} renamed the code “{before}” to “{after}”"))
    if renamed:
        return renamed
    changes = deeds.changes("code", CHANGED)
    fields = frozenset[str]().union(*(one.changed() for one in changes))
    names = deeds.names("code", CHANGED)
    if "parent_id" in fields:
        return _moved_codes(deeds, names)
    for columns, form in (
        ({"order_key"}, tr("{coder} moved {names} among the codes beside it")),
        ({"colour"}, tr("{coder} gave {names} another colour")),
        ({"definition", "use_when", "not_when"}, tr("{coder} described the code {names}")),
        ({"is_codable"}, tr("{coder} changed whether {names} may be used for coding")),
    ):
        if fields <= columns:
            return form.format(coder=deeds.coder, names=names)
    return tr("{coder} changed the code {names}", coder=deeds.coder, names=names)


def _moved_codes(deeds: Deeds, names: str) -> str:
    parents = {image.get("parent_id") for image in deeds.images("code", CHANGED)}
    if parents == {None}:
        return tr("{coder} moved the code {names} to the top", coder=deeds.coder, names=names)
    under = listed(deeds.name("code", str(parent)) for parent in parents if parent is not None)
    return tr("{coder} moved the code {names} under {under}", coder=deeds.coder, names=names, under=under)


def _where(deeds: Deeds, images: Iterable[Row]) -> str:
    """Return the one source that codings or memos on segments stand in, or how many."""
    places = dict.fromkeys(deeds.source_of(str(image.get("segment_id") or "")) for image in images)
    found = [source for source in places if source]
    return deeds.name("source", found[0]) if len(found) == 1 else counted("source", len(found))


def _codings(deeds: Deeds) -> str:
    for how in (ADDED, REMOVED, CHANGED):
        images = deeds.images("coding", how)
        if images:
            names = listed(deeds.name("code", str(image["code_id"])) for image in images)
            n = len({image["segment_id"] for image in images})
            return _coded(deeds, how, n, {"names": names, "where": _where(deeds, images)})
    return ""


def _coded(deeds: Deeds, how: str, n: int, told: dict[str, str]) -> str:
    who = deeds.coder
    if how == ADDED:
        if _begun_together(deeds) or deeds.count("coder", ADDED):
            return ""
        return trn(
            "{coder} applied {names} to {n} segment in {where}",
            "{coder} applied {names} to {n} segments in {where}",
            n,
            coder=who,
            **told,
        )
    if how == REMOVED:
        return trn(
            "{coder} removed {names} from {n} segment in {where}",
            "{coder} removed {names} from {n} segments in {where}",
            n,
            coder=who,
            **told,
        )
    return trn(
        "{coder} recoded {n} segment in {where} to {names}",
        "{coder} recoded {n} segments in {where} to {names}",
        n,
        coder=who,
        **told,
    )


def _segments(deeds: Deeds) -> str:
    if deeds.count("coding", ADDED) or deeds.count("coding", REMOVED):
        # They came or went with their codings, among other things: the label says it best.
        return ""
    for how, one, many in (
        (ADDED, tr("{coder} marked a quotation in {where}"), tr("{coder} marked quotations in {where}")),
        (CHANGED, tr("{coder} moved the borders of a segment in {where}"), tr("{coder} moved borders in {where}")),
        (REMOVED, tr("{coder} removed a quotation from {where}"), tr("{coder} removed quotations from {where}")),
    ):
        images = deeds.images("segment", how)
        if images:
            where = listed(deeds.name("source", str(image["source_id"])) for image in images)
            return (one if len(images) == 1 else many).format(coder=deeds.coder, where=where)
    return ""


def _memos(deeds: Deeds) -> str:
    for how, form in (
        (ADDED, tr("{coder} wrote a memo on {thing}")),
        (CHANGED, tr("{coder} changed the memo on {thing}")),
        (REMOVED, tr("{coder} removed the memo on {thing}")),
    ):
        images = deeds.images("memo", how)
        if images:
            thing = memo_target(deeds, images[0]) if len(images) == 1 else counted("memo", len(images))
            return form.format(coder=deeds.coder, thing=thing)
    return ""


def memo_target(deeds: Deeds, memo: Row) -> str:
    """Return in words what a memo is on."""
    for column, form in (
        ("code_id", tr("the code “{name}”")),
        ("source_id", tr("the source “{name}”")),
        ("case_id", tr("the case “{name}”")),
    ):
        if memo.get(column):
            return form.format(name=deeds.name(column.removesuffix("_id"), str(memo[column])))
    if memo.get("segment_id"):
        where = deeds.name("source", deeds.source_of(str(memo["segment_id"])))
        return tr("a passage in “{name}”", name=where)
    return tr("a coding") if memo.get("coding_id") else tr("the project")


def _agreeing(deeds: Deeds) -> str:
    """Leave rounds, assignments and decisions to the label, which names them best."""
    touched = {table for (table, _), n in deeds.counts.items() if n}
    if touched & {"round", "assignment", "decision"} and not touched & {"source", "code"}:
        return tr("{coder}: {label}", coder=deeds.coder, label=deeds.label)
    return ""


def _cases(deeds: Deeds) -> str:
    """Say what happened to cases, variables and sets; what came or went with them is no deed of its own."""
    touched = {table for (table, _), n in deeds.counts.items() if n}
    own = {"case", "case_member", "variable", "variable_value", "set"}
    if touched & {"source", "code", "coding"} or not (touched & own or touched == {"set_member"}):
        return ""
    for table, kind in (("case", tr("the case")), ("variable", tr("the variable")), ("set", tr("the set"))):
        renamed = _renamed(deeds, table, tr("{coder} renamed {kind} “{before}” to “{after}”").replace("{kind}", kind))
        if renamed:
            return renamed
        if touched == {table} and deeds.count(table, ADDED) == 1:
            return tr("{coder} added {kind} {names}", coder=deeds.coder, kind=kind, names=deeds.names(table, ADDED))
    return tr("{coder}: {label}", coder=deeds.coder, label=deeds.label)


def _others(deeds: Deeds) -> str:
    """Say what happened to things of one other kind, by name."""
    touched = {table for (table, _), n in deeds.counts.items() if n}
    for table in ("coder", "saved_query", "project"):
        if table not in touched:
            continue
        renamed = _renamed(deeds, table, tr("{coder} renamed “{before}” to “{after}”"))
        if renamed:
            return renamed
        for how, form in ((ADDED, tr("{coder} added {names}")), (REMOVED, tr("{coder} removed {names}"))):
            if deeds.count(table, how) and touched == {table} and "name" in TEXTS[table]:
                return form.format(coder=deeds.coder, names=deeds.names(table, how))
    return tr("{coder}: {label}", coder=deeds.coder, label=deeds.label)


_RULES: tuple[Callable[[Deeds], str], ...] = (
    _agreeing, _cases, _sources, _codes, _codings, _segments, _memos, _others
)  # fmt: skip
