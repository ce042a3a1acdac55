"""Networks for other programs: declared attributes, ends that exist, values that come back."""

import pytest
from lxml import etree

from coder_app.domain.errors import BadInput
from coder_app.domain.table import Column, Kind, Table
from coder_app.exporters.graph import write_graph
from coder_app.exporters.recipes import found_recipe

COLUMNS = (
    Column("coders", "Coders"),
    Column("code_a", "A"),
    Column("code_b", "B"),
    Column("n_a", "n", Kind.COUNT),
    Column("n_b", "n", Kind.COUNT),
    Column("n_ab", "both", Kind.COUNT),
    Column("jaccard", "J", Kind.NUMBER),
    Column("code_a_id", "id"),
    Column("code_b_id", "id"),
)
ROWS = (
    ("Ann", "Feeling > Fear", "Work & <pay>", 3, 4, 2, 0.4, "c1", "c2"),
    ("Ann", "Feeling > Fear", "المخاوف\x07", 3, 1, 0, 0.0, "c1", "c3"),
    ("Bo", "Feeling > Fear", "Work & <pay>", 1, 1, 1, None, "c1", "c2"),
)
TABLE = Table("Code co-occurrence", COLUMNS, ROWS, {"mode": "units"})
RECIPE = '{"recipe":"coder-app","version":1,"odd":"<&>"}'


@pytest.fixture
def written(tmp_path):
    def write(suffix):
        path = tmp_path / f"net{suffix}"
        write_graph(TABLE, path, RECIPE, "2026-11-22")
        return path, etree.parse(path).getroot()

    return write


def test_graphml_follows_the_rules_of_the_format(written):
    path, root = written(".graphml")
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    assert root.tag == f"{{{space['g']}}}graphml"
    keys = {key.get("id"): key for key in root.findall("g:key", space)}
    assert all(key.get("for") in {"graph", "node", "edge"} for key in keys.values())
    assert {key.get("attr.type") for key in keys.values()} <= {"string", "long", "double"}
    graph = root.find("g:graph", space)
    assert graph.get("edgedefault") == "undirected"
    nodes = {node.get("id"): node for node in graph.findall("g:node", space)}
    edges = graph.findall("g:edge", space)
    assert set(nodes) == {"c1", "c2", "c3"}
    assert [(edge.get("source"), edge.get("target")) for edge in edges] == [("c1", "c2"), ("c1", "c2")]
    for owner in (*nodes.values(), *edges):
        kind = etree.QName(owner).localname
        assert all(keys[data.get("key")].get("for") == kind for data in owner.findall("g:data", space))
    named = {keys[data.get("key")].get("attr.name"): data.text for data in edges[0].findall("g:data", space)}
    assert named == {"weight": "2.0", "coders": "Ann", "n_ab": "2", "jaccard": "0.4"}
    labels = [node.find("g:data[@key='label']", space).text for node in nodes.values()]
    assert labels == ["Fear", "Work & <pay>", "المخاوف\ufffd"]
    assert found_recipe(path) == RECIPE


def test_gexf_follows_the_rules_of_the_format(written):
    path, root = written(".gexf")
    space = {"g": "http://gexf.net/1.3"}
    assert root.get("version") == "1.3"
    assert [etree.QName(child).localname for child in root] == ["meta", "graph"]
    assert root.find("g:meta", space).get("lastmodifieddate") == "2026-11-22"
    graph = root.find("g:graph", space)
    declared = {
        part.get("class"): {one.get("id"): one.get("title") for one in part.findall("g:attribute", space)}
        for part in graph.findall("g:attributes", space)
    }
    nodes = graph.findall("g:nodes/g:node", space)
    edges = graph.findall("g:edges/g:edge", space)
    assert {node.get("id") for node in nodes} >= {
        end for edge in edges for end in (edge.get("source"), edge.get("target"))
    }
    assert [edge.get("weight") for edge in edges] == ["2.0", "1.0"]
    assert len({edge.get("id") for edge in edges}) == len(edges)
    for kind, owners in (("node", nodes), ("edge", edges)):
        for owner in owners:
            values = owner.findall("g:attvalues/g:attvalue", space)
            assert {value.get("for") for value in values} <= set(declared[kind])
    values = {declared["node"][one.get("for")]: one.get("value") for one in nodes[0].iter(f"{{{space['g']}}}attvalue")}
    assert values == {"path": "Feeling > Fear", "n (Ann)": "3", "n (Bo)": "1"}
    assert found_recipe(path) == RECIPE


def test_a_network_program_reads_both(written):
    networkx = pytest.importorskip("networkx", reason="an independent reader, where it is installed")
    for suffix, read in ((".graphml", networkx.read_graphml), (".gexf", networkx.read_gexf)):
        graph = read(written(suffix)[0])
        assert graph.number_of_edges() == 2
        assert set(graph) == {"c1", "c2", "c3"}


def test_directed_counts_make_a_directed_network(tmp_path):
    table = Table("T", COLUMNS, ROWS, {"direction": "from A to B"})
    write_graph(table, tmp_path / "net.gexf")
    assert b'defaultedgetype="directed"' in (tmp_path / "net.gexf").read_bytes()


def test_another_suffix_is_refused(tmp_path):
    with pytest.raises(BadInput, match=r"\.graphml, \.gexf"):
        write_graph(TABLE, tmp_path / "net.dot")
