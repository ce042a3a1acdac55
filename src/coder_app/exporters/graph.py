"""Writes a table of pairs of codes as a network for other programs: GraphML and GEXF."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from coder_app.domain.errors import BadInput
from coder_app.domain.table import Cell, Kind, Table
from coder_app.domain.tree import SEPARATOR
from coder_app.exporters.atomic import written
from coder_app.i18n import tr

SUFFIXES = (".graphml", ".gexf")
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://gexf.net/1.3"
_SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"
_NODE_COLUMNS = {"code_a", "code_b", "code_a_id", "code_b_id", "n_a", "n_b"}
# What XML 1.0 has no letters for.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class _Field:
    """An attribute of nodes or edges: the id that it has in the file, its name, and whether it is text or a number."""

    id: str
    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Graph:
    """Codes as nodes, pairs that occur together as edges; values are by the ids of fields."""

    title: str
    node_fields: tuple[_Field, ...]
    edge_fields: tuple[_Field, ...]
    nodes: Mapping[str, tuple[str, Mapping[str, Cell]]]
    edges: tuple[tuple[str, str, float, Mapping[str, Cell]], ...]
    directed: bool
    settings: Mapping[str, str]


def write_graph(table: Table, path: Path, recipe: str = "", made: str = "") -> None:
    """Write the pairs that occur together as .graphml or .gexf, the recipe inside.

    `table` has the columns coders, code_a, code_b, code_a_id, code_b_id, n_a, n_b and n_ab; all others become
    attributes of the edges, n_ab their weight; a setting `direction` makes them arrows from A to B. Each coder's
    pairs are edges of their own. `made` is the day that the file names (GEXF). Raises BadInput for another suffix
    and where the disk refuses.
    """
    writers: dict[str, Callable[[_Graph, str, str], Element]] = {".graphml": _graphml, ".gexf": _gexf}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise BadInput(
            tr(
                "“{path}”: a network can be written as {known}; choose one of these.",
                path=path,
                known=", ".join(SUFFIXES),
            )
        )
    root = writer(_graph(table), recipe, made)
    ElementTree.indent(root)
    with written(path) as temporary:
        temporary.write_bytes(ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n")


def _graph(table: Table) -> _Graph:
    place = {column.id: number for number, column in enumerate(table.columns)}
    kept = [column for column in table.columns if column.id not in _NODE_COLUMNS]
    edge_fields = tuple(_Field(f"e{number}", column.id, column.kind) for number, column in enumerate(kept))
    coders = list(dict.fromkeys(str(row[place["coders"]]) for row in table.rows))
    node_fields = (
        _Field("path", "path", Kind.TEXT),
        *(_Field(f"n{number}", f"n ({name})", Kind.COUNT) for number, name in enumerate(coders)),
    )
    counts = {name: field.id for name, field in zip(coders, node_fields[1:], strict=True)}
    nodes: dict[str, tuple[str, dict[str, Cell]]] = {}
    edges: list[tuple[str, str, float, Mapping[str, Cell]]] = []
    for row in table.rows:
        ends = [_node(nodes, row, place, side, counts) for side in ("a", "b")]
        both = row[place["n_ab"]]
        if isinstance(both, int | float) and both > 0:
            values = {field.id: row[place[field.name]] for field in edge_fields}
            edges.append((ends[0], ends[1], float(both), values))
    directed = "direction" in table.settings
    return _Graph(table.title, node_fields, edge_fields, nodes, tuple(edges), directed, table.settings)


def _node(
    nodes: dict[str, tuple[str, dict[str, Cell]]],
    row: tuple[Cell, ...],
    place: Mapping[str, int],
    side: str,
    counts: Mapping[str, str],
) -> str:
    code, path = str(row[place[f"code_{side}_id"]]), str(row[place[f"code_{side}"]])
    _, values = nodes.setdefault(code, (path.rsplit(SEPARATOR, 1)[-1], {"path": path}))
    values[counts[str(row[place["coders"]])]] = row[place[f"n_{side}"]]
    return code


def _add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    child = ElementTree.SubElement(parent, name, {key.rstrip("_"): _xml(value) for key, value in attributes.items()})
    child.text = None if text is None else _xml(text)
    return child


def _xml(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)


def _root(namespace: str, name: str, schema: str) -> Element:
    place = {"xmlns": namespace, "xmlns:xsi": _SCHEMA, "xsi:schemaLocation": f"{namespace} {schema}"}
    return Element(name, place)


def _said(graph: _Graph) -> str:
    return "; ".join(f"{name}: {value}" for name, value in graph.settings.items())


def _written(cell: Cell) -> str:
    return repr(cell) if isinstance(cell, float) else str(cell)


def _graphml(graph: _Graph, recipe: str, _made: str) -> Element:
    root = _root(_GRAPHML, "graphml", f"{_GRAPHML}/1.0/graphml.xsd")
    types = {Kind.TEXT: "string", Kind.COUNT: "long", Kind.NUMBER: "double"}
    if recipe:
        _key(root, "recipe", "graph", "recipe", "string")
    _key(root, "settings", "graph", "settings", "string")
    _key(root, "label", "node", "label", "string")
    for field in graph.node_fields:
        _key(root, field.id, "node", field.name, types[field.kind])
    _key(root, "weight", "edge", "weight", "double")
    for field in graph.edge_fields:
        _key(root, field.id, "edge", field.name, types[field.kind])
    drawn = _add(root, "graph", id="G", edgedefault="directed" if graph.directed else "undirected")
    if recipe:
        _add(drawn, "data", recipe, key="recipe")
    _add(drawn, "data", _said(graph), key="settings")
    for code, (label, values) in graph.nodes.items():
        node = _add(drawn, "node", id=code)
        _add(node, "data", label, key="label")
        _data(node, values)
    for number, (a, b, weight, values) in enumerate(graph.edges):
        edge = _add(drawn, "edge", id=f"edge{number}", source=a, target=b)
        _add(edge, "data", _written(weight), key="weight")
        _data(edge, values)
    return root


def _key(root: Element, id_: str, owner: str, name: str, kind: str) -> None:
    _add(root, "key", **{"id": id_, "for": owner, "attr.name": name, "attr.type": kind})


def _data(owner: Element, values: Mapping[str, Cell]) -> None:
    for field, value in values.items():
        if value is not None:
            _add(owner, "data", _written(value), key=field)


def _gexf(graph: _Graph, recipe: str, made: str) -> Element:
    root = _root(_GEXF, "gexf", f"{_GEXF}/gexf.xsd")
    root.set("version", "1.3")
    meta = _add(root, "meta", **({"lastmodifieddate": made} if made else {}))
    _add(meta, "creator", "Coder App")
    if recipe:
        _add(meta, "keywords", recipe)
    _add(meta, "description", f"{graph.title} ({_said(graph)})")
    drawn = _add(root, "graph", mode="static", defaultedgetype="directed" if graph.directed else "undirected")
    types = {Kind.TEXT: "string", Kind.COUNT: "long", Kind.NUMBER: "double"}
    for owner, fields in (("node", graph.node_fields), ("edge", graph.edge_fields)):
        declared = _add(drawn, "attributes", class_=owner, mode="static")
        for field in fields:
            _add(declared, "attribute", id=field.id, title=field.name, type=types[field.kind])
    nodes = _add(drawn, "nodes", count=str(len(graph.nodes)))
    for code, (label, values) in graph.nodes.items():
        _values(_add(nodes, "node", id=code, label=label), values)
    edges = _add(drawn, "edges", count=str(len(graph.edges)))
    for number, (a, b, weight, values) in enumerate(graph.edges):
        _values(_add(edges, "edge", id=str(number), source=a, target=b, weight=_written(weight)), values)
    return root


def _values(owner: Element, values: Mapping[str, Cell]) -> None:
    given = {field: value for field, value in values.items() if value is not None}
    if given:
        inside = _add(owner, "attvalues")
        for field, value in given.items():
            _add(inside, "attvalue", for_=field, value=_written(value))
