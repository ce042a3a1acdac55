"""What edits of cases, variables and sets refuse, and what they leave alone."""

from shutil import copyfile

import any_cases
import pytest

from coder_app.domain.errors import BadInput
from coder_app.edits.align import align
from coder_app.edits.cases import add_case, add_case_for_each, delete_cases, put_passage, put_sources, take_out_of_case
from coder_app.edits.memos import write_memo
from coder_app.edits.sets import add_set, put_into_set, take_out_of_set
from coder_app.edits.sources import import_sources, remove_sources
from coder_app.edits.variables import Cell, add_variable, retype_variable, set_value, set_values
from coder_app.queries.cases import cases, members_of
from coder_app.queries.history import history, step_list, steps
from coder_app.queries.sets import set_named
from coder_app.queries.variables import values_on, variables
from coder_app.store.project import Project
from coder_app.store.verify import verify
from coder_app.team.merge import merge


def count(project: Project, table: str) -> int:
    return project.rows(f'SELECT count(*) FROM "{table}"')[0][0]


def test_two_cases_may_not_have_one_name(project):
    add_case(project, "Anna")
    with pytest.raises(BadInput, match="There is a “anna” already"):
        add_case(project, " anna ")
    with pytest.raises(BadInput, match="A case needs a name"):
        add_case(project, " ")
    assert len(cases(project)) == 1


def test_a_case_for_each_source_is_named_as_it_is(scene):
    anna = add_case(scene.project, "one")
    made = add_case_for_each(scene.project, [scene.first, scene.second])
    assert made[0] == anna
    assert [(one.name, one.sources) for one in cases(scene.project)] == [("one", 1), ("Two", 1)]
    length = len(history(scene.project))
    add_case_for_each(scene.project, [scene.first, scene.second])
    assert len(history(scene.project)) == length, "what is there already leaves no step"


def test_a_case_goes_with_its_values_and_memos_and_leaves_sources_and_codings(scene):
    project = scene.project
    anna, age = add_case(project, "Anna"), add_variable(project, "Age", "integer")
    put_sources(project, anna, [scene.first])
    put_passage(project, anna, scene.second, 0, 6)
    put_passage(project, anna, scene.second, 8, 14)
    set_value(project, age, "case", anna, "31")
    write_memo(project, "case", anna, "She asked to be called so")
    before = [count(project, table) for table in ("source", "coding", "segment", "memo")]
    delete_cases(project, [anna])
    after = [count(project, table) for table in ("source", "coding", "segment", "memo")]
    assert after == [before[0], before[1], before[2] - 1, before[3] - 1], "only the bare segment and the memo went"
    assert [count(project, table) for table in ("case", "case_member", "variable_value", "variable")] == [0, 0, 0, 1]
    assert verify(project.db) == []


def test_a_passage_taken_out_keeps_its_codings(scene):
    project = scene.project
    anna = add_case(project, "Anna")
    put_passage(project, anna, scene.second, 0, 6)
    (member,) = members_of(project, anna)
    assert (member.source, member.start, member.stop, member.text) == ("Two.txt", 0, 6, "Nobody")
    assert member.segment_id == scene.segment_of(scene.both[0])
    take_out_of_case(project, [member.id])
    assert members_of(project, anna) == []
    assert scene.segment_of(scene.both[0]) == member.segment_id
    with pytest.raises(BadInput):
        put_passage(project, anna, scene.second, 0, 10_000)


def test_a_source_that_is_removed_leaves_its_cases_and_sets(scene):
    project = scene.project
    anna, field = add_case(project, "Anna"), add_set(project, "Field")
    put_sources(project, anna, [scene.first])
    put_into_set(project, field, "source", [scene.first, scene.second])
    remove_sources(project, [scene.first])
    assert members_of(project, anna) == []
    assert set_named(project, "Field").sources == (scene.second,)
    project.undo()
    assert set_named(project, "Field").sources == (scene.first, scene.second)


def test_a_value_is_kept_in_one_spelling_and_must_be_of_the_type(project):
    anna, age = add_case(project, "Anna"), add_variable(project, "Age", "integer")
    set_value(project, age, "case", anna, " 031 ")
    assert values_on(project, "case") == {age: {anna: "31"}}
    length = len(history(project))
    set_value(project, age, "case", anna, "31")
    assert len(history(project)) == length
    with pytest.raises(BadInput, match="“Age”: “old” is no whole number"):
        set_values(project, [Cell(age, "case", anna, "40"), Cell(age, "case", anna, "old")])
    assert values_on(project, "case") == {age: {anna: "31"}}
    set_value(project, age, "case", anna, "")
    assert values_on(project, "case") == {}


def test_values_stay_as_they_are_written_when_the_type_changes_and_stop_it_where_they_do_not_fit(project):
    anna, bakyt = add_case(project, "Anna"), add_case(project, "Bakyt")
    height = add_variable(project, "Height")
    set_values(project, [Cell(height, "case", anna, "1,70"), Cell(height, "case", bakyt, "tall")])
    with pytest.raises(BadInput, match=r"“Height” stays as it is: “tall” cannot be read as “Decimal number”"):
        retype_variable(project, height, "decimal")
    set_value(project, height, "case", bakyt, "")
    retype_variable(project, height, "decimal")
    assert values_on(project, "case") == {height: {anna: "1,70"}}
    assert variables(project)[0].type == "decimal"
    with pytest.raises(BadInput, match="“colour” is no type"):
        retype_variable(project, height, "colour")


def test_sets_keep_the_order_in_which_things_came(scene):
    project = scene.project
    field = add_set(project, "Field")
    put_into_set(project, field, "source", [scene.second])
    put_into_set(project, field, "source", [scene.first, scene.second])
    put_into_set(project, field, "code", [scene.family, scene.trust])
    assert set_named(project, "Field").sources == (scene.second, scene.first)
    assert set_named(project, "Field").codes == (scene.family, scene.trust)
    take_out_of_set(project, field, "source", [scene.second])
    assert set_named(project, "Field").sources == (scene.first,)
    with pytest.raises(BadInput, match="holds codes, sources and memos"):
        put_into_set(project, field, "coder", [scene.me])


def test_two_copies_that_say_the_same_make_one_row_and_what_differs_is_asked(project, tmp_path):
    anna, age = add_case(project, "Anna"), add_variable(project, "Age", "integer")
    bakyt = add_case(project, "Bakyt")
    project.close()
    copyfile(project.path, tmp_path / "theirs.coder")
    for path, years in ((project.path, "31"), (tmp_path / "theirs.coder", "32")):
        with Project.open(path) as copy:
            set_values(copy, [Cell(age, "case", anna, years), Cell(age, "case", bakyt, "50")])
    with Project.open(project.path) as mine:
        merge(mine, [tmp_path / "theirs.coder"])
        assert values_on(mine, "case")[age].keys() == {anna, bakyt}
        assert count(mine, "variable_value") == 2
        assert mine.rows("SELECT table_name, field FROM conflict") == [("variable_value", "value")]
        assert verify(mine.db) == []


def test_sources_that_become_one_have_each_case_set_and_value_once(scene, text_file):
    project = scene.project
    (twin,) = import_sources(project, [text_file("Copy.txt", "We trusted them. 🙂 Then the clan came.")])
    anna, age, field = add_case(project, "Anna"), add_variable(project, "Age"), add_set(project, "Field")
    put_sources(project, anna, [scene.first, twin])
    put_into_set(project, field, "source", [scene.first, twin])
    set_values(project, [Cell(age, "source", scene.first, "31"), Cell(age, "source", twin, "32")])
    assert align(project)[0] == 1
    assert [one.source_id for one in members_of(project, anna)] == [scene.first]
    assert set_named(project, "Field").sources == (scene.first,)
    assert values_on(project, "source") == {age: {scene.first: "31"}}
    assert count(project, "variable_value") == 1


def test_thousands_of_values_are_one_quick_step(project):
    made = [add_variable(project, f"Variable {n}", "integer") for n in range(4)]
    with project.edit("Many cases"):
        ids = [add_case(project, f"Case {n}") for n in range(300)]
    set_values(project, [Cell(variable, "case", one, str(n)) for variable in made for n, one in enumerate(ids)])
    assert count(project, "variable_value") == 1200
    assert project.undo() == "Set 1200 values"
    assert count(project, "variable_value") == 0


SENTENCES = {
    "attributes.import_attributes": "Coder A: Import values of cases from people.csv",
    "cases.add_case": "Coder A added the case “Anna”",
    "cases.add_case_for_each": "Coder A: Make 2 cases of sources",
    "cases.rename_case": "Coder A renamed the case “Anna” to “Anne”",
    "cases.describe_case": "Coder A: Describe case “Anna”",
    "cases.delete_cases": "Coder A: Delete case “Anna”",
    "cases.put_sources": "Coder A: Put 2 sources into case “Anna”",
    "cases.put_segments": "Coder A: Put a passage into case “Anna”",
    "cases.put_passage": "Coder A: Put a passage into case “Anna”",
    "cases.take_out_of_case": "Coder A: Take 2 members out of case “Anna”",
    "cases.take_sources_out": "Coder A: Take a member out of case “Anna”",
    "sets.add_set": "Coder A added the set “Field”",
    "sets.rename_set": "Coder A renamed the set “Field” to “Village”",
    "sets.describe_set": "Coder A: Describe set “Field”",
    "sets.delete_sets": "Coder A: Delete set “Core”",
    "sets.put_into_set": "Coder A: Put 2 sources into set “Field”",
    "sets.take_out_of_set": "Coder A: Take a code out of set “Core”",
    "variables.add_variable": "Coder A added the variable “Age”",
    "variables.rename_variable": "Coder A renamed the variable “Age” to “Years”",
    "variables.describe_variable": "Coder A: Describe variable “Age”",
    "variables.retype_variable": "Coder A: Read “Age” as decimal",
    "variables.move_variable": "Coder A: Move variable “Region”",
    "variables.delete_variables": "Coder A: Delete variable “Age”",
    "variables.set_value": "Coder A: Set “Age” of “Anna” to “32”",
    "variables.set_values": "Coder A: Set 2 values",
}


@pytest.mark.parametrize("name", sorted(any_cases.EXAMPLES))
def test_the_history_tells_each_edit_in_a_sentence(scene, name):
    any_cases.EXAMPLES[name](scene)
    (last,) = steps(scene.project, step_list(scene.project)[:1])
    assert last.words == SENTENCES[name]
