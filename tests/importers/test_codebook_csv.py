"""Codebooks as tables: any program's columns, separators, encodings and ways to name a parent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.codebook import Example
from coder_app.domain.errors import ImportProblem
from coder_app.domain.spreadsheet import plain_text, safe_text
from coder_app.importers.codebook import read_codebook


@pytest.fixture
def read(tmp_path):
    def reader(content, name="codes.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_codebook(path)

    return reader


def outline(codebook):
    """The tree as nested names, for comparing."""

    def below(entry):
        return {entry.name: [below(child) for child in entry.children]} if entry.children else entry.name

    return [below(root) for root in codebook.roots]


def test_a_list_of_names_is_a_codebook(read):
    codebook = read("name\nTrust\nHope\n")
    assert outline(codebook) == ["Trust", "Hope"]
    assert codebook.name == "codes"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_by_the_header(read, delimiter):
    codebook = read(f'Code{delimiter}Colour{delimiter}Comment\nTrust{delimiter}#fff{delimiter}"a, b; c\td"\n')
    trust = codebook.roots[0]
    assert (trust.name, trust.colour, trust.definition) == ("Trust", "#ffffff", "a, b; c\td")


def test_the_line_of_excel_that_names_the_delimiter_counts(read):
    codebook = read("sep=;\r\nname;description\r\nTrust;a,b\r\n")
    assert codebook.roots[0].definition == "a,b"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_of_spreadsheets_are_read(read, encoding):
    codebook = read("name,description\nGröße,Maß der Dinge und Übergrößen für Straßen\n".encode(encoding))
    assert codebook.roots[0].name == "Größe"
    assert bool(codebook.notes) == (encoding == "cp1252")


@pytest.mark.parametrize("header", ["tag", "Code Name", "code-name", "LABEL", " path "])
def test_other_names_for_the_name_column_are_known(read, header):
    assert outline(read(f"{header}\nTrust\n")) == ["Trust"]


@pytest.mark.parametrize("mark", [">>", "::", " > ", " >> "])
def test_a_path_makes_the_tree_and_the_parents_it_lacks(read, mark):
    codebook = read(f"tag,memo\nState{mark}Law,x\nState,y\nMedia{mark}TV{mark}News,z\n")
    assert outline(codebook) == [{"State": ["Law"]}, {"Media": [{"TV": ["News"]}]}]
    assert codebook.roots[0].definition == "y"


def test_points_and_slashes_are_never_taken_for_separators(read):
    assert outline(read("name\nstate/law\nstate.law\n")) == ["state/law", "state.law"]


def test_a_parent_is_found_by_name_by_path_or_by_id_and_may_come_later(read):
    codebook = read("id,name,parent\n1,News,Media > TV\n2,TV,Media\n3,Media,\n4,Radio,3\n")
    assert outline(codebook) == [{"Media": [{"TV": ["News"]}, "Radio"]}]


def test_a_parent_without_a_line_of_its_own_is_added_and_told(read):
    codebook = read("code,category\nLaw,State\nPolice,State\n")
    assert outline(codebook) == [{"State": ["Law", "Police"]}]
    assert "“State”" in codebook.notes[0]


def test_a_path_column_may_leave_out_the_name_itself(read):
    codebook = read("path,name\nState,Law\nState > Law,Court\nState,State\n")
    assert outline(codebook) == [{"State": [{"Law": ["Court"]}]}]


@pytest.mark.parametrize("first", [0, 1])
def test_levels_make_the_tree(read, first):
    rows = [(0, "State"), (1, "Law"), (2, "Court"), (1, "Police"), (0, "Media")]
    codebook = read("level,name\n" + "".join(f"{level + first},{name}\n" for level, name in rows))
    assert outline(codebook) == [{"State": [{"Law": ["Court"]}, "Police"]}, "Media"]


def test_a_name_with_a_separator_stays_whole_where_another_column_gives_the_tree(read):
    codebook = read("name,level\nA::B,0\nC > D,1\n")
    assert outline(codebook) == [{"A::B": ["C > D"]}]


def test_quoted_newlines_and_quotation_marks_belong_to_the_cell(read):
    codebook = read('name,definition\n"Say ""no""","first\nsecond"\nHope,\n')
    assert [(root.name, root.definition) for root in codebook.roots] == [('Say "no"', "first\nsecond"), ("Hope", "")]


def test_blank_lines_are_skipped(read):
    assert outline(read("\n\nname,memo\nTrust,\n,\n  ,\nHope,\n")) == ["Trust", "Hope"]


@pytest.mark.parametrize(("cell", "truth"), [("1", True), ("TRUE", True), ("", True), ("Falsch", False), ("no", False)])
def test_whether_a_code_is_codable_is_read_in_any_spelling(read, cell, truth):
    assert read(f"name,is_codable\nTrust,{cell}\n").roots[0].is_codable is truth


def test_examples_are_json_or_one_on_each_line(read):
    codebook = read('name,examples\nA,"one\ntwo"\nB,"[{""text"": ""x"", ""source"": ""s""}, ""y""]"\nC,[sic] he said\n')
    assert [root.examples for root in codebook.roots] == [
        (Example("one"), Example("two")),
        (Example("x", "s"), Example("y")),
        (Example("[sic] he said"),),
    ]


def test_sets_may_be_plain_names(read):
    codebook = read("name,sets\nA,Core; New\nB,Core\n")
    a, b = codebook.roots
    assert [(item.name, item.members) for item in codebook.sets] == [("Core", (a.id, b.id)), ("New", (a.id,))]


def test_columns_that_mean_nothing_here_are_told(read):
    codebook = read("tag,description,number of highlights,memo\nTrust,d,7,m\n")
    assert codebook.roots[0].definition == "d"
    assert "“number of highlights”, “memo”" in codebook.notes[0]


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("colour,memo\n#fff,x\n", 1, "name"),
        ("", 1, "name"),
        ("name,colour\nTrust,#fff\nHope,reddish\n", 3, "reddish"),
        ("id,name\na,Trust\n\na,Hope\n", 4, "same id"),
        ('name,definition\n"a\nb",\n,x\n', 4, "no name"),
        ("name,parent\nA,B\nB,A\n", 2, "ancestor"),
        ("name,parent\nA,A\n", 2, "ancestor"),
        ("name,parent\nA,\nA,\nB,A\n", 4, "Several codes"),
        ("name,level\nA,0\nB,2\n", 3, "Level 2"),
        ("name,level\nA,top\n", 2, "whole number"),
        ("name,is_codable\nA,perhaps\n", 2, "perhaps"),
        ('name,memo\nA,"x" y\n', 2, "quotation mark"),
        ('name,memo\nA,x\nB,"never closed\nC,y\n', 3, "quotation mark"),
    ],
)
def test_a_bad_line_is_refused_by_its_number(read, content, line, words):
    with pytest.raises(ImportProblem, match=f"codes.csv, line {line}: .*{words}"):
        read(content)


def test_what_is_no_table_at_all_is_refused(read):
    with pytest.raises(ImportProblem, match=r"codes\.csv"):
        read(b"PK\x03\x04" + bytes(range(32)) * 50)


def test_a_chain_of_more_than_200_parents_is_refused(read):
    rows = "".join(f"c{number},{f'c{number - 1}' if number else ''}\n" for number in range(201))
    with pytest.raises(ImportProblem, match="200 levels"):
        read("name,parent\n" + rows)


def test_a_cell_larger_than_the_csv_modules_limit_is_read(read):
    assert len(read("name,memo\nA," + "x" * 200_000 + "\n").roots[0].definition) == 200_000


@given(st.text())
def test_the_apostrophe_against_formulas_is_taken_back_exactly(text):
    assert plain_text(safe_text(text)) == text


@given(st.text(alphabet="=+-@'\t \u00a0＝a", max_size=5))
def test_no_cell_that_could_run_is_left_bare(text):
    assert not safe_text(text).lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "＝"))
