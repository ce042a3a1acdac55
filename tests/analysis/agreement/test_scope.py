"""What is compared, and the sentence that comes where there is nothing to compare."""

import pytest

from coder_app.analysis.agreement.scope import Texts, Unit
from coder_app.domain.errors import BadInput


def test_sources_that_two_coded_enter_and_the_others_are_counted(scoped):
    found = scoped()
    assert (found.names, found.source_names, found.left_out) == (("Ann", "Bob", "Cyd"), ("one.txt", "two.txt"), 1)
    assert found.present.tolist() == [[True, True, False], [False, True, True]]


def test_a_finished_source_counts_without_a_coding(scoped):
    done = {"ann": frozenset({"d1", "d2"}), "bob": frozenset({"d2"}), "cyd": frozenset({"d3"})}
    found = scoped(done=done)
    assert (found.sources, found.present.tolist()) == (("d2",), [[True, True, False]])
    both = {coder: frozenset({"d2", "d3"}) for coder in ("ann", "bob")}
    found = scoped([("d2", 0, 5, "Fear", "ann")], done=both, coders=("ann", "bob"))
    assert (found.sources, found.left_out) == (("d2", "d3"), 1)
    found = scoped([("d2", 0, 5, "Fear", "ann")], done=both, coders=("ann", "bob"), sources=frozenset({"d2"}))
    assert (found.sources, found.left_out) == (("d2",), 0)


def test_only_the_codes_that_are_asked_for_are_compared(scoped):
    assert scoped().codes == ("Fear", "Work", "Never")
    assert scoped(codes=frozenset({"Work"})).codes == ("Work",)


@pytest.mark.parametrize(
    ("rows", "choices", "said"),
    [
        ([], {}, "Nobody coded these sources"),
        ([("d1", 0, 9, "Fear", "ann")], {}, "there is only Ann"),
        (None, {"coders": ("ann",)}, "there is only Ann"),
        (None, {"coders": ("ann", "dee")}, "dee coded none of these sources"),
        (None, {"coders": ("ann", "cyd")}, r"No source was coded by two of these coders \(Ann: 1, Cyd: 2\)"),
        (None, {"sources": frozenset({"d3"})}, "there is only Cyd"),
        (None, {"codes": frozenset({"Never"})}, "None of these codes was used"),
        (None, {"codes": frozenset({"Elsewhere"})}, "There is no code “Elsewhere”"),
        ([("d1", 9, 9, "Fear", "ann")], {}, "A coding covers no characters"),
    ],
)
def test_each_lack_has_its_sentence(scoped, rows, choices, said):
    with pytest.raises(BadInput, match=said):
        scoped(rows, **choices)


def test_units_that_no_source_has_are_no_zero(scoped):
    texts = Texts({"d1": 60, "d2": 40, "d3": 30}, grid={"d1": [], "d2": [], "d3": []})
    with pytest.raises(BadInput, match="have no turn"):
        scoped(unit=Unit.TURN, texts=texts)
    with pytest.raises(BadInput, match="the texts are needed"):
        scoped(unit=Unit.TURN, texts=Texts(texts.lengths))
