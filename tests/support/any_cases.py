"""Cases, variables and sets: at random for any_edit.py, and an example of each edit for test_every_edit.py."""

from coder_app.domain.attributes import AttributeRow, AttributeTable
from coder_app.edits import attributes, cases, sets, variables
from coder_app.edits.variables import Cell
from coder_app.queries.attributes import planned_attributes

TYPES = ("text", "integer", "boolean", "date")
VALUES = ("", "12", "true", "2026-03-01", "North")
SET_KINDS = ("source", "code")


def cell(p, d):
    on = ("source", "case")[d.number(1)]
    return Cell(d.one("variable"), on, d.one(on), VALUES[d.number(len(VALUES) - 1)])


def import_attributes(p, d):
    names = [row[0] for row in p.rows("SELECT name FROM source ORDER BY id LIMIT 3")] + ["Anna", "Bakyt"]
    rows = [
        AttributeRow(line, (names[d.number(len(names) - 1)], VALUES[d.number(4)], names[d.number(len(names) - 1)]))
        for line in range(2, 3 + d.number(2))
    ]
    table = AttributeTable("people.csv", ("name", ("Age", "Region")[d.number(1)], "sources"), tuple(rows))
    on = ("source", "case")[d.number(1)]
    return attributes.import_attributes(p, planned_attributes(p, table, on, clear=bool(d.number(1))))


def into_set(do):
    def edit(p, d):
        kind = SET_KINDS[d.number(1)]
        return do(p, d.one("set"), kind, d.some(kind))

    return edit


ACTIONS = {
    "attributes.import_attributes": import_attributes,
    "cases.add_case": lambda p, d: cases.add_case(p, f"Case {d.number(5)}"),
    "cases.add_case_for_each": lambda p, d: cases.add_case_for_each(p, d.some("source")),
    "cases.rename_case": lambda p, d: cases.rename_case(p, d.one("case"), f"Case {d.number(5)}"),
    "cases.describe_case": lambda p, d: cases.describe_case(p, d.one("case"), d.words()),
    "cases.delete_cases": lambda p, d: cases.delete_cases(p, d.some("case")),
    "cases.put_sources": lambda p, d: cases.put_sources(p, d.one("case"), d.some("source")),
    "cases.put_segments": lambda p, d: cases.put_segments(p, d.one("case"), d.some("segment")),
    "cases.put_passage": lambda p, d: cases.put_passage(p, d.one("case"), *d.passage()),
    "cases.take_out_of_case": lambda p, d: cases.take_out_of_case(p, d.some("case_member")),
    "cases.take_sources_out": lambda p, d: cases.take_sources_out(p, d.one("case"), d.some("source")),
    "sets.add_set": lambda p, d: sets.add_set(p, f"Set {d.number(5)}"),
    "sets.rename_set": lambda p, d: sets.rename_set(p, d.one("set"), f"Set {d.number(5)}"),
    "sets.describe_set": lambda p, d: sets.describe_set(p, d.one("set"), d.words()),
    "sets.delete_sets": lambda p, d: sets.delete_sets(p, d.some("set")),
    "sets.put_into_set": into_set(sets.put_into_set),
    "sets.take_out_of_set": into_set(sets.take_out_of_set),
    "variables.add_variable": lambda p, d: variables.add_variable(p, f"Variable {d.number(5)}", TYPES[d.number(3)]),
    "variables.rename_variable": lambda p, d: variables.rename_variable(
        p, d.one("variable"), f"Variable {d.number(5)}"
    ),
    "variables.describe_variable": lambda p, d: variables.describe_variable(p, d.one("variable"), d.words()),
    "variables.retype_variable": lambda p, d: variables.retype_variable(p, d.one("variable"), TYPES[d.number(3)]),
    "variables.move_variable": lambda p, d: variables.move_variable(p, d.one("variable"), d.maybe("variable")),
    "variables.delete_variables": lambda p, d: variables.delete_variables(p, d.some("variable")),
    "variables.set_value": lambda p, d: variables.set_value(p, *cell(p, d)),
    "variables.set_values": lambda p, d: variables.set_values(p, [cell(p, d), cell(p, d)]),
}
NEEDS = {
    "add_case_for_each": "source",
    **dict.fromkeys(("rename_case", "describe_case", "delete_cases"), "case"),
    **dict.fromkeys(("put_sources", "put_passage", "take_sources_out"), "case source"),
    "put_segments": "case segment",
    "take_out_of_case": "case_member",
    **dict.fromkeys(("rename_set", "describe_set", "delete_sets"), "set"),
    **dict.fromkeys(("put_into_set", "take_out_of_set"), "set source code"),
    **dict.fromkeys(
        ("rename_variable", "describe_variable", "retype_variable", "move_variable", "delete_variables"), "variable"
    ),
    **dict.fromkeys(("set_value", "set_values"), "variable source case"),
}


def peopled(s):
    """Make a case with a source and a passage, and give both it and a source an age; six steps."""
    s.anna = cases.add_case(s.project, "Anna")
    cases.put_sources(s.project, s.anna, [s.first])
    cases.put_passage(s.project, s.anna, s.second, 0, 6)
    s.age = variables.add_variable(s.project, "Age", "integer")
    variables.set_values(s.project, [Cell(s.age, "case", s.anna, "31"), Cell(s.age, "source", s.first, "9")])
    s.field = sets.add_set(s.project, "Field")
    return s


def members(s):
    return [row[0] for row in s.project.rows("SELECT id FROM case_member")]


def planned(s):
    rows = (
        AttributeRow(2, ("Anna", "30", "Two.txt", "1.5")),
        AttributeRow(3, ("Bakyt", "41", "One.txt; Two.txt", "2")),
    )
    table = AttributeTable("people.csv", ("case", "Age", "sources", "Height"), rows)
    return planned_attributes(s.project, table, "case")


PEOPLED = {
    "attributes.import_attributes": lambda s: attributes.import_attributes(s.project, planned(s)),
    "cases.rename_case": lambda s: cases.rename_case(s.project, s.anna, "Anne"),
    "cases.describe_case": lambda s: cases.describe_case(s.project, s.anna, "A farmer"),
    "cases.delete_cases": lambda s: cases.delete_cases(s.project, [s.anna]),
    "cases.put_sources": lambda s: cases.put_sources(s.project, s.anna, [s.first, s.second]),
    "cases.put_segments": lambda s: cases.put_segments(s.project, s.anna, [s.quotation]),
    "cases.put_passage": lambda s: cases.put_passage(s.project, s.anna, s.second, 3, 9),
    "cases.take_out_of_case": lambda s: cases.take_out_of_case(s.project, members(s)),
    "cases.take_sources_out": lambda s: cases.take_sources_out(s.project, s.anna, [s.first, s.second]),
    "sets.rename_set": lambda s: sets.rename_set(s.project, s.field, "Village"),
    "sets.describe_set": lambda s: sets.describe_set(s.project, s.field, "Outside of town"),
    "sets.put_into_set": lambda s: sets.put_into_set(s.project, s.field, "source", [s.first, s.second]),
    "variables.rename_variable": lambda s: variables.rename_variable(s.project, s.age, "Years"),
    "variables.describe_variable": lambda s: variables.describe_variable(s.project, s.age, "In years"),
    "variables.retype_variable": lambda s: variables.retype_variable(s.project, s.age, "decimal"),
    "variables.delete_variables": lambda s: variables.delete_variables(s.project, [s.age]),
    "variables.set_value": lambda s: variables.set_value(s.project, s.age, "case", s.anna, "32"),
    "variables.set_values": lambda s: variables.set_values(
        s.project, [Cell(s.age, "case", s.anna, ""), Cell(s.age, "source", s.second, "7")]
    ),
}
EXAMPLES = {
    "cases.add_case": lambda s: cases.add_case(s.project, "Anna", "A farmer"),
    "cases.add_case_for_each": lambda s: cases.add_case_for_each(s.project, [s.first, s.second]),
    "sets.add_set": lambda s: sets.add_set(s.project, "Field"),
    "sets.delete_sets": lambda s: sets.delete_sets(
        s.project, [row[0] for row in s.project.rows('SELECT id FROM "set"')]
    ),
    "sets.take_out_of_set": lambda s: sets.take_out_of_set(
        s.project, s.project.rows('SELECT id FROM "set"')[0][0], "code", [s.entry]
    ),
    "variables.add_variable": lambda s: variables.add_variable(s.project, "Age", "integer"),
    "variables.move_variable": lambda s: (
        variables.add_variable(s.project, "Age"),
        variables.move_variable(
            s.project, variables.add_variable(s.project, "Region"), s.project.rows("SELECT id FROM variable")[0][0]
        ),
    ),
    **{name: lambda s, edit=edit: edit(peopled(s)) for name, edit in PEOPLED.items()},
}
STEPS = {**dict.fromkeys(PEOPLED, 7), "variables.move_variable": 3}
