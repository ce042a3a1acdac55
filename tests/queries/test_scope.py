from dataclasses import astuple
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder_app.domain.errors import BadInput
from coder_app.domain.ids import new_id
from coder_app.queries.cases import case_named, cases, cases_of_sources, cases_with, joined, members_of
from coder_app.queries.scope import Condition, Scope, parse_condition, places_in, scope_of, sources_in
from coder_app.queries.sets import set_named, sets
from coder_app.queries.variables import (
    differing_sources,
    source_values,
    values_by_source,
    variable_named,
    variables,
)


@pytest.fixture
def study(small):
    """Three sources; Anna has One whole and a stretch of Two, Bakyt a stretch of Two and all of Three."""
    project = small.project
    made = {}
    with project.edit("Cases"):
        for key, name in zip("ab", ("Anna", "Bakyt"), strict=True):
            made[name] = new_id()
            project.insert("case", {"id": made[name], "name": name, "order_key": key})
        for key, (name, type_) in zip(
            "abcd", (("Region", "text"), ("Age", "integer"), ("Urban", "boolean"), ("Met", "date")), strict=True
        ):
            made[name] = new_id()
            project.insert("variable", {"id": made[name], "name": name, "type": type_, "order_key": key})
        small.project.insert("case_member", {"id": new_id(), "case_id": made["Anna"], "source_id": small.one})
        by_anna, by_bakyt = new_id(), new_id()
        text_hash = project.rows("SELECT text_hash FROM source WHERE id = ?", (small.two,))[0][0]
        for segment, case, start, stop in ((by_anna, "Anna", 0, 10), (by_bakyt, "Bakyt", 5, 20)):
            project.insert(
                "segment",
                {"id": segment, "source_id": small.two, "coder_id": small.a, "text_hash": text_hash,
                 "start": start, "stop": stop},
            )  # fmt: skip
            project.insert("case_member", {"id": new_id(), "case_id": made[case], "segment_id": segment})
        small.project.insert("case_member", {"id": new_id(), "case_id": made["Bakyt"], "source_id": small.three})
        for variable, on, thing, value in (
            ("Region", "case", "Anna", "North"), ("Region", "case", "Bakyt", "South"),
            ("Region", "source", "three", "west"),
            ("Age", "case", "Anna", "31"), ("Age", "case", "Bakyt", "9"), ("Urban", "source", "one", "yes"),
            ("Met", "source", "one", "1.3.2026"), ("Met", "source", "two", "2026-04-01"),
        ):  # fmt: skip
            project.insert(
                "variable_value",
                {"id": new_id(), "variable_id": made[variable], "value": value,
                 "source_id": getattr(small, thing) if on == "source" else None,
                 "case_id": made[thing] if on == "case" else None},
            )  # fmt: skip
        made["Field"] = new_id()
        project.insert("set", {"id": made["Field"], "name": "Field", "order_key": "a"})
        made["Core"] = new_id()
        project.insert("set", {"id": made["Core"], "name": "Core", "order_key": "b"})
        for set_, column, one in (
            ("Field", "source_id", small.two),
            ("Field", "source_id", small.three),
            ("Core", "code_id", small.trust),
        ):
            row = {
                "id": new_id(),
                "set_id": made[set_],
                "code_id": None,
                "source_id": None,
                "memo_id": None,
                "order_key": "a",
            }
            project.insert("set_member", row | {column: one})
    small.made = made
    return small


def names(study, ids):
    return {name for name in ("one", "two", "three") if getattr(study, name) in ids}


def test_cases_say_what_belongs_to_them(study):
    anna, bakyt = cases(study.project)
    assert (anna.name, anna.sources, anna.segments) == ("Anna", 2, 1)
    assert (bakyt.name, bakyt.sources, bakyt.segments) == ("Bakyt", 2, 1)
    assert [(one.source, one.start, one.stop, one.text) for one in members_of(study.project, anna.id)] == [
        ("Two.txt", 0, 10, "Açyk söz: "),
        ("One.txt", None, None, ""),
    ]
    assert cases_of_sources(study.project) == {
        anna.id: {study.one: None, study.two: ((0, 10),)},
        bakyt.id: {study.two: ((5, 20),), study.three: None},
    }
    assert cases_with(study.project, study.two) == [anna.id, bakyt.id]
    assert cases_with(study.project, study.one) == [anna.id]


def test_sets_say_what_is_in_them(study):
    field, core = sets(study.project)
    assert field.sources == (study.two, study.three)
    assert core.codes == (study.trust,)
    assert set_named(study.project, "core") == core


def test_a_source_has_its_own_value_else_those_of_its_cases(study):
    region = variable_named(study.project, "Region").id
    assert source_values(study.project, region).by_source == {
        study.one: ("North",),
        study.two: ("North", "South"),
        study.three: ("west",),
    }
    assert values_by_source(study.project, region) == {study.one: "North", study.three: "west"}
    assert differing_sources(study.project, region) == [study.two]
    met = variable_named(study.project, "met").id
    assert values_by_source(study.project, met) == {study.one: "2026-03-01", study.two: "2026-04-01"}
    assert [one.name for one in variables(study.project)] == ["Region", "Age", "Urban", "Met"]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("Region=North", {"one", "two"}),
        ("Region = NORTH", {"one", "two"}),
        ("region != North", {"two", "three"}),
        ("Region contains ES", {"three"}),
        ("Region>=South", {"two", "three"}),
        ("Age>10", {"one", "two"}),
        ("Age <= 9", {"two", "three"}),
        ("Age is empty", set()),
        ("Urban is empty", {"two", "three"}),
        ("Urban is not empty", {"one"}),
        ("Urban=TRUE", {"one"}),
        ("Urban != yes", set()),
        ("Met < 2026-03-15", {"one"}),
        ("Met >= 1.4.2026", {"two"}),
    ],
)
def test_a_condition_is_met_as_the_type_of_its_variable_says(study, where, found):
    assert names(study, sources_in(study.project, scope_of((), (), (), (where,)))) == found


def test_one_of_each_kind_is_enough_and_all_kinds_must_hold(study):
    def within(**scope):
        return names(study, sources_in(study.project, Scope(**scope)))

    assert within(sources=("One.txt", "Two.txt")) == {"one", "two"}
    assert within(sets=("Field",)) == {"two", "three"}
    assert within(cases=("Anna",)) == {"one", "two"}
    assert within(cases=("Anna", study.made["Bakyt"])) == {"one", "two", "three"}
    assert within(sets=("Field",), cases=("Anna",)) == {"two"}
    assert within(sources=("One.txt",), sets=("Field",)) == set()
    assert within(conditions=(Condition("Region", "=", "North"), Condition("Age", "<", "10"))) == {"two"}
    assert sources_in(study.project, Scope()) is None


def test_the_stretches_of_cases_are_kept_apart(study):
    def places(**scope):
        return places_in(study.project, Scope(**scope))

    assert places(cases=("Anna",)) == {study.one: None, study.two: ((0, 10),)}
    assert places(cases=("Anna", "Bakyt"))[study.two] == ((0, 20),)
    both = (Condition("Region", "=", "North"), Condition("Region", "=", "South"))
    assert places(conditions=both) == {study.two: ((5, 10),)}


@pytest.mark.parametrize(
    ("scope", "problem"),
    [
        (Scope(sources=("Four.txt",)), "no source “Four.txt”"),
        (Scope(sets=("None",)), "no set “None”"),
        (Scope(sets=("Core",)), "set “Core” holds no sources"),
        (Scope(cases=("Chynara",)), "no case “Chynara”"),
        (scope_of((), (), (), ("Height>2",)), "no variable “Height”"),
        (scope_of((), (), (), ("Age=old",)), "“Age”: “old” is no whole number"),
        (scope_of((), (), (), ("Urban<1",)), "“Urban” is true or false"),
    ],
)
def test_what_a_scope_cannot_mean_is_said(study, scope, problem):
    with pytest.raises(BadInput, match=problem):
        sources_in(study.project, scope)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Region=North", ("Region", "=", "North")),
        (" Age >= 30 ", ("Age", ">=", "30")),
        ("Age≥30", ("Age", ">=", "30")),
        ("Home town == Osh > Kara-Suu", ("Home town", "=", "Osh > Kara-Suu")),
        ("Age<>3", ("Age", "!=", "3")),
        ("Notes Contains = fear", ("Notes", "contains", "= fear")),
        ('"A=B" != c', ("A=B", "!=", "c")),
        ("Region IS EMPTY", ("Region", "is empty", "")),
        ("Region is not empty", ("Region", "is not empty", "")),
    ],
)
def test_a_condition_is_read_from_text(text, parts):
    assert astuple(parse_condition(text)) == parts


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Region", "no condition"),
        ("", "no condition"),
        ("=North", "names no variable"),
        ("Region=", "no value behind “=”; for a missing value write “Region is empty”"),
        ("Region is empty North", "nothing may stand behind"),
    ],
)
def test_what_is_no_condition_is_said(text, problem):
    with pytest.raises(BadInput, match=problem):
        parse_condition(text)


@given(
    st.from_regex(r"[A-Za-z=<> ]{0,6}[A-Z][a-z=<>!]{0,4}", fullmatch=True).map(str.strip),
    st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "contains", "is empty", "is not empty"]),
    st.from_regex(r"[A-Z0-9][a-z0-9 =]{0,6}", fullmatch=True).map(str.strip),
)
def test_a_condition_as_text_is_read_as_the_same_condition(name, operator, value):
    condition = Condition(name, operator, "" if operator.startswith("is") else value)
    assert parse_condition(str(condition)) == condition


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)).map(lambda pair: (pair[0], sum(pair)))))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_joined_stretches_cover_the_same_places(spans):
    found = joined(spans)
    assert {place for start, stop in found for place in range(start, stop)} == {
        place for start, stop in spans for place in range(start, stop)
    }
    assert all(one[1] < other[0] for one, other in pairwise(found))


def test_doubled_names_are_told_apart_by_id(study):
    with study.project.edit("Double"):
        study.project.insert("case", {"id": new_id(), "name": "Anna", "order_key": "c"})
    with pytest.raises(BadInput, match="Several cases are called “Anna”"):
        case_named(study.project, "Anna")
    assert case_named(study.project, study.made["Anna"]).name == "Anna"
