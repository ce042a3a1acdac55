"""Tables of attributes: planned from a file, taken in, and written as the same table again."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder_app.domain.attributes import AttributeRow, AttributeTable
from coder_app.domain.errors import BadInput
from coder_app.edits.attributes import import_attributes
from coder_app.edits.cases import add_case, put_sources
from coder_app.edits.variables import Cell, add_variable, set_values
from coder_app.exporters.tables import write_table
from coder_app.importers.attributes import read_attributes
from coder_app.queries.attributes import attribute_table, planned_attributes
from coder_app.queries.cases import cases
from coder_app.queries.history import history
from coder_app.queries.variables import values_on, variables
from coder_app.store.dump import dump


def table(*rows, columns=("case", "Age", "Region")):
    return AttributeTable("people.csv", columns, tuple(AttributeRow(n, row) for n, row in enumerate(rows, start=2)))


def test_a_table_of_cases_makes_cases_variables_and_values_as_one_step(small):
    plan = planned_attributes(small.project, table(("Anna", "31", "North"), ("Bakyt", "", "South")), "case")
    assert plan.new_cases == ("Anna", "Bakyt")
    assert plan.new_variables == (("Age", "integer"), ("Region", "text"))
    assert len(plan.values) == 3
    assert plan.problems == ()
    steps = len(history(small.project))
    import_attributes(small.project, plan)
    assert len(history(small.project)) == steps + 1
    again = planned_attributes(small.project, table(("anna", "31", "North"), ("Bakyt", "", "South")), "case")
    assert (again.new_cases, again.new_variables, again.values, again.same) == ((), (), (), 3)


def test_what_cannot_be_taken_in_is_said_with_its_line_and_the_rest_can(small):
    add_variable(small.project, "Age", "integer")
    rows = (("One.txt", "old", "N"), ("Four", "3", "S"), ("two", "9", "N"), ("TWO.TXT", "10", "N"), ("", "1", ""))
    plan = planned_attributes(small.project, table(*rows, columns=("Document", "age", "Region")), "source")
    assert plan.problems == (
        "people.csv, line 2: “Age”: “old” is no whole number.",
        "people.csv, line 3: There is no source “Four” in the project.",
        "people.csv, line 5: “TWO.TXT” stands in line 4 already.",
        "people.csv, line 6: The row does not say which source it is about.",
    )
    import_attributes(small.project, plan)
    age, region = (one.id for one in variables(small.project))
    assert values_on(small.project, "source") == {age: {small.two: "9"}, region: {small.one: "N", small.two: "N"}}


def test_nothing_of_a_useless_table_is_taken_in(small):
    plan = planned_attributes(small.project, table(("Four", "3"), columns=("source", "Age")), "source")
    assert plan.new_variables == (("Age", "text"),)
    with pytest.raises(BadInput, match=r"Nothing of people.csv can be taken in"):
        import_attributes(
            small.project, planned_attributes(small.project, table(("Four",), columns=("source",)), "source")
        )


def test_an_empty_cell_leaves_a_value_unless_it_is_to_clear(small):
    project = small.project
    import_attributes(project, planned_attributes(project, table(("Anna", "31", "North")), "case"))
    emptied = table(("Anna", "", "North"))
    assert planned_attributes(project, emptied, "case").values == ()
    import_attributes(project, planned_attributes(project, emptied, "case", clear=True))
    age, region = variables(project)
    assert age.id not in values_on(project, "case")
    assert region.id in values_on(project, "case")


def test_a_column_names_the_sources_of_a_case(small):
    rows = table(("Anna", "One.txt; Two.txt"), ("Bakyt", "Four; Three"), columns=("participant", "Sources"))
    plan = planned_attributes(small.project, rows, "case")
    assert plan.problems == ("people.csv, line 3: There is no source “Four” in the project.",)
    import_attributes(small.project, plan)
    assert [(one.name, one.sources) for one in cases(small.project)] == [("Anna", 2), ("Bakyt", 1)]
    assert planned_attributes(small.project, rows, "case").same == 3


def test_a_type_that_was_asked_for_is_taken(small):
    plan = planned_attributes(
        small.project, table(("Anna", "31", "1")), "case", {"Age": "decimal", "Region": "boolean"}
    )
    assert plan.new_variables == (("Age", "decimal"), ("Region", "boolean"))
    assert [one.text for one in plan.values] == ["31", "true"]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("on", ["source", "case"])
def test_what_is_exported_changes_nothing_when_it_is_imported_again(small, tmp_path, on, suffix):
    project = small.project
    anna = add_case(project, "=Anna")
    put_sources(project, anna, [small.one, small.two])
    made = [add_variable(project, f"A {type_}", type_) for type_ in ("text", "boolean", "integer", "date", "decimal")]
    values = ("-x; “y”", "yes", "-7", "1.3.2026", "0,50")
    set_values(project, [
        Cell(variable, kind, one, value)
        for kind, one in (("source", small.one), ("case", anna))
        for variable, value in zip(made, values, strict=True)
    ])  # fmt: skip
    write_table(attribute_table(project, on), tmp_path / f"values{suffix}")
    before = dump(project.db)
    plan = planned_attributes(project, read_attributes(tmp_path / f"values{suffix}"), on, clear=True)
    assert (plan.values, plan.members, plan.problems, plan.new_variables) == ((), (), (), ())
    assert plan.same >= 5
    import_attributes(project, plan)
    assert dump(project.db) == before


@given(
    st.lists(
        st.tuples(*[st.sampled_from(["", "Anna", "1", "-0.5", "2026-01-01", "One.txt", "x; y", "ja"])] * 3), max_size=5
    )
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_table_is_planned_and_the_plan_is_what_happens(small, rows):
    project = small.project
    plan = planned_attributes(project, table(*rows, columns=("case", "Age", "sources")), "case")
    try:
        import_attributes(project, plan)
    except BadInput:
        return
    again = planned_attributes(project, table(*rows, columns=("case", "Age", "sources")), "case")
    assert (again.values, again.members, again.new_cases, again.new_variables) == ((), (), (), ())
    assert again.problems == plan.problems
    if plan.new_cases or plan.values or plan.members or plan.new_variables:
        project.undo()
