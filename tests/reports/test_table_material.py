"""What tables of codes are counted from, read from a project: scopes, cases and variables."""

import pytest

from coder_app.analysis.tables.material import Place
from coder_app.analysis.tables.variables import value_groups
from coder_app.domain.errors import BadInput
from coder_app.domain.imported import ImportedText
from coder_app.edits.cases import add_case, put_passage, put_sources
from coder_app.edits.codes import add_code
from coder_app.edits.codings import apply_code
from coder_app.edits.sources import import_sources
from coder_app.edits.variables import add_variable, set_value
from coder_app.queries.scope import Scope
from coder_app.reports.table_material import case_groups, read_material, read_variable
from coder_app.reports.table_options import TableKind, TableOptions
from coder_app.reports.tables import made
from coder_app.store.project import Project

WORDS = "Alpha beta gamma delta."


@pytest.fixture
def project(tmp_path):
    project = Project.create(tmp_path / "p.coder", coder="Ann")
    names = [f"S{n}" for n in range(15)]
    texts = [ImportedText(name, "text", f"{WORDS} {name}", name.encode(), "text", "1", "utf-8") for name in names]
    sources = import_sources(project, texts)
    code = add_code(project, "Fear")
    for source in sources[:4]:
        apply_code(project, source, 0, 10, code)
    yield project, sources
    project.close()


def test_a_case_that_holds_a_part_narrows_what_is_counted(project):
    opened, sources = project
    case = add_case(opened, "Anna")
    put_passage(opened, case, sources[0], 6, 16)
    put_sources(opened, case, [sources[9]])
    material = read_material(opened, Scope(cases=("Anna",)))
    assert list(material.sources) == [sources[0], sources[9]]
    assert material.parts_of(sources[0]) == ((6, 16),)
    (group,) = case_groups(opened, material)
    assert group.places[0] == Place(sources[0], 6, 16)
    (row,) = made(opened, TableOptions(TableKind.FREQUENCIES, cases=("Anna",))).table.rows
    assert row[2:8] == (1, 1, 1, 1, 1, 4)


def test_values_of_sources_are_words_numbers_or_days(project):
    opened, sources = project
    for name, type_, values in (
        ("Town", "text", ["North", "South", "North"]),
        ("Day", "date", ["2024-03-01", "2024-01-05"]),
    ):
        variable = add_variable(opened, name, type_)
        for source, value in zip(sources, values, strict=False):
            set_value(opened, variable, "source", source, value)
    material = read_material(opened, Scope())
    town = value_groups(read_variable(opened, material, "Town"))
    assert [(group.title, len(group.places)) for group in town] == [("North", 2), ("South", 1), ("(no value)", 12)]
    day = value_groups(read_variable(opened, material, "day"))
    assert [group.title for group in day] == ["2024-01-05", "2024-03-01", "(no value)"]


def test_many_numbers_come_in_four_bands(project):
    opened, sources = project
    age = add_variable(opened, "Age", "integer")
    for n, source in enumerate(sources):
        set_value(opened, age, "source", source, str(20 + n))
    groups = value_groups(read_variable(opened, read_material(opened, Scope()), "Age"))
    assert [(group.title, len(group.places)) for group in groups] == [
        ("20–23", 4),
        ("24–27", 4),
        ("28–31", 4),
        ("32–34", 3),
    ]


def test_values_of_cases_alone_are_taken_over_cases_unless_sources_are_asked_for(project):
    opened, sources = project
    town = add_variable(opened, "Town", "text")
    for name, value, held in (("Anna", "North", sources[:2]), ("Ben", "South", sources[1:3])):
        case = add_case(opened, name)
        put_sources(opened, case, held)
        set_value(opened, town, "case", case, value)
    material = read_material(opened, Scope())
    assert [unit.value for unit in read_variable(opened, material, "Town").units] == ["North", "South"]
    # The second source belongs to both cases, which differ: it has no one value.
    over = read_variable(opened, material, "Town", "sources")
    assert [unit.value for unit in over.units][:4] == ["North", None, "South", None]


def test_a_variable_without_values_is_said(project):
    opened, _ = project
    add_variable(opened, "Town", "text")
    with pytest.raises(BadInput, match="has no values yet"):
        value_groups(read_variable(opened, read_material(opened, Scope()), "Town"))
    with pytest.raises(BadInput, match="no cases yet"):
        read_variable(opened, read_material(opened, Scope()), "Town", "cases")
