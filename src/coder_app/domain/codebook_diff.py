"""What differs between two codebooks, code by code; codes are the same by id, or else by path."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from coder_app.domain.coderbook import Codes, SharedCode, tree_of
from coder_app.domain.field_words import field_name
from coder_app.domain.order import key_between
from coder_app.domain.tree import CodeTree
from coder_app.i18n import tr

ADDED, RENAMED, MOVED, REDEFINED, RECOLOURED = "added", "renamed", "moved", "redefined", "recoloured"
REGROUPED, EXAMPLES, MERGED, RETIRED = "regrouped", "examples", "merged", "retired"
SAME_PATH = "same path"
"""Two codes of different ids that stand under the same names, and may be meant to be the same."""
WORDINGS = ("definition", "use_when", "not_when")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a code in words, before and after; "" where it had or has none."""

    field: str
    before: str
    after: str

    @property
    def name(self) -> str:
        """What the field is called in the window."""
        return {"examples": tr("Examples"), "path": tr("Place"), "order": tr("Place among its siblings")}.get(
            self.field, field_name(self.field)
        )


@dataclass(frozen=True, slots=True)
class CodeChange:
    """What differs about one code. `id` is the one after, or before where it went; `before_id` is "" for a new one.

    `path` is where the code stands now, `merged_into` the path of the code that took it over, where that is known.
    """

    id: str
    before_id: str
    path: str
    kinds: tuple[str, ...]
    fields: tuple[FieldChange, ...] = ()
    merged_into: str = ""

    def as_json(self) -> dict[str, object]:
        """Return the change as the command line prints it."""
        return {
            "id": self.id,
            "path": self.path,
            "kinds": list(self.kinds),
            "merged_into": self.merged_into,
            "fields": {one.field: {"before": one.before, "after": one.after} for one in self.fields},
        }


def kind_words(kind: str) -> str:
    """Return what a kind of change is called in the window."""
    return {
        ADDED: tr("added"),
        RENAMED: tr("renamed"),
        MOVED: tr("moved"),
        REDEFINED: tr("redefined"),
        RECOLOURED: tr("recoloured"),
        REGROUPED: tr("regrouped"),
        EXAMPLES: tr("examples"),
        MERGED: tr("merged"),
        RETIRED: tr("retired"),
        SAME_PATH: tr("same name, other id"),
    }[kind]


def matched(before: Codes, after: Codes) -> dict[str, str]:
    """Return by the id of each code after the id of the same code before: the same id, or else the same path."""
    found = {code_id: code_id for code_id in after if code_id in before}
    then, now = tree_of(before), tree_of(after)
    by_path = {then.path(code.id): code.id for code in reversed(list(then.walk())) if code.id not in found}
    for code in now.walk():
        if code.id not in found and now.path(code.id) in by_path:
            found[code.id] = by_path.pop(now.path(code.id))
    return found


def differences(before: Codes, after: Codes, merged: Mapping[str, str] | None = None) -> list[CodeChange]:
    """Return what differs, in the order of the tree after, codes that went last.

    `merged` says of codes that went which code took them over, by ids.
    """
    same = matched(before, after)
    then, now = tree_of(before), tree_of(after)
    out_of_place = _out_of_place(then, now, same)
    found: list[CodeChange] = []
    for code in now.walk():
        new, path = after[code.id], now.path(code.id)
        if code.id not in same:
            found.append(CodeChange(code.id, "", path, (ADDED,), tuple(_new_fields(new))))
            continue
        old = before[same[code.id]]
        fields = list(_fields(old, new))
        if _moved(old, new, same) or code.id in out_of_place:
            fields.append(_place(then.path(old.id), path))
        kinds = tuple(dict.fromkeys(_KIND.get(one.field, REDEFINED) for one in fields))
        kinds += (SAME_PATH,) if old.id != new.id else ()
        if kinds:
            found.append(CodeChange(code.id, old.id, path, kinds, tuple(fields)))
    kept = set(same.values())
    for code in then.walk():
        if code.id not in kept:
            into = (merged or {}).get(code.id, "")
            target = now.path(into) if into in after else ""
            found.append(
                CodeChange(code.id, code.id, then.path(code.id), (MERGED if target else RETIRED,), (), target),
            )
    return found


_KIND = {
    "name": RENAMED,
    "path": MOVED,
    "order": MOVED,
    "colour": RECOLOURED,
    "is_codable": REGROUPED,
    "examples": EXAMPLES,
}


def _fields(old: SharedCode, new: SharedCode) -> Iterator[FieldChange]:
    if old.name != new.name:
        yield FieldChange("name", old.name, new.name)
    for name in WORDINGS:
        before, after = str(getattr(old, name)), str(getattr(new, name))
        if before.strip() != after.strip():
            yield FieldChange(name, before, after)
    if {one.text for one in old.examples} != {one.text for one in new.examples}:
        yield FieldChange("examples", _examples(old), _examples(new))
    if old.colour and new.colour and old.colour != new.colour:
        yield FieldChange("colour", old.colour, new.colour)
    if old.is_codable != new.is_codable:
        yield FieldChange("is_codable", _yes_or_no(old.is_codable), _yes_or_no(new.is_codable))


def _new_fields(new: SharedCode) -> Iterator[FieldChange]:
    for name in WORDINGS:
        if getattr(new, name):
            yield FieldChange(name, "", str(getattr(new, name)))
    if new.examples:
        yield FieldChange("examples", "", _examples(new))


def _examples(code: SharedCode) -> str:
    return "\n".join(one.text for one in code.examples)


def _yes_or_no(value: bool) -> str:  # noqa: FBT001 - the value of a field
    return tr("yes") if value else tr("no")


def _moved(old: SharedCode, new: SharedCode, same: Mapping[str, str]) -> bool:
    return old.parent_id != (same.get(new.parent_id, new.parent_id) if new.parent_id else "")


def _place(before: str, after: str) -> FieldChange:
    if before == after:
        return FieldChange("order", tr("another place"), tr("another place"))
    return FieldChange("path", before, after)


def in_published_order(codes: Codes, newest: Codes) -> dict[str, SharedCode]:
    """Return codes in the order that they have, with the order keys of `newest` wherever these still fit."""
    then, now = tree_of(newest), tree_of(codes)
    moved = _out_of_place(then, now, {code_id: code_id for code_id in codes if code_id in newest})
    found: dict[str, SharedCode] = {}
    for parent in (None, *(code.id for code in now.walk())):
        siblings = [code.id for code in now.children(parent)]
        kept = {
            one: newest[one].order
            for one in siblings
            if one in newest and newest[one].parent_id == (parent or "") and one not in moved
        }
        last: str | None = None
        for n, one in enumerate(siblings):
            following = next((kept[other] for other in siblings[n:] if other in kept), None)
            last = kept[one] if one in kept else key_between(last, following)
            found[one] = replace(codes[one], order=last)
    return found


def _out_of_place(then: CodeTree, now: CodeTree, same: Mapping[str, str]) -> set[str]:
    """Return codes that stand in another order among the siblings that they have kept: as few as explain it."""
    found: set[str] = set()
    for parent in (None, *(code.id for code in now.walk())):
        old_parent = same.get(parent) if parent is not None else None
        if parent is not None and old_parent is None:
            continue
        places = {code.id: n for n, code in enumerate(then.children(old_parent))}
        kept = [code.id for code in now.children(parent) if same.get(code.id) in places]
        found.update(_not_rising(kept, [places[same[code_id]] for code_id in kept]))
    return found


def _not_rising(ids: Sequence[str], numbers: Sequence[int]) -> Collection[str]:
    """Return the ids that are not in the longest run of rising numbers."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for n, number in enumerate(numbers):
        place = bisect_left(tails, number)
        tails[place : place + 1] = [number]
        last[place : place + 1] = [n]
        before.append(last[place - 1] if place else -1)
    rising: set[int] = set()
    n = last[-1] if last else -1
    while n >= 0:
        rising.add(n)
        n = before[n]
    return [one for n, one in enumerate(ids) if n not in rising]
