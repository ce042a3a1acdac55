import pytest

from coder_app.domain.model import Code
from coder_app.domain.query_language.meaning import Book, SavedQuery
from coder_app.domain.tree import CodeTree
from coder_app.gui.query.completing import completions

BOOK = Book(
    CodeTree(
        [
            Code("t", None, "Trust", "", "a"),
            Code("d", "t", "Distrust", "", "b"),
            Code("l", "t", "Loss of faith", "", "c"),
            Code("s", None, "Torture, fear", "", "d"),
            Code("t2", "s", "Trust", "", "e"),
        ]
    ),
    {"coder": [("1", "Ann"), ("2", "Ben Smith")], "source": [("3", "Interview 1")], "variable": [("4", "Age group")]},
    [SavedQuery("q", "Old ones", "Trust", {})],
)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("tru", ["Trust", "Torture, fear > Trust", "Distrust"]),
        ("loss", ["Loss of faith"]),
        ("fai", ["Loss of faith"]),
        ("Trust AND tort", ["Torture, fear", "Torture, fear > Trust"]),
        ('"lo', ["Loss of faith"]),
        ('"Torture, fear"+ NEAR(1 word) (loss', ["Loss of faith"]),
        ('coder:"Ben Smith" AND loss', ["Loss of faith"]),
        ("Trust AND loss of f", ["Loss of faith"]),
        ("coder:", ["Ann", "Ben Smith"]),
        ("coder:sm", ["Ben Smith"]),
        ('Trust AND NOT coder:"b', ["Ben Smith"]),
        ("variable:a", ["Age group"]),
        ("query:", ["Old ones"]),
        ("Trust NE", ["NEAR "]),
        ("Trust (co", ["coder:"]),
        ("Trust ", []),
        ("", []),
    ],
)
def test_what_may_follow_is_offered(text: str, chosen: list[str]) -> None:
    found = completions(text, len(text), BOOK)
    assert [one.text for one in found][: len(chosen)] == chosen
    assert bool(found) == bool(chosen)


def test_it_takes_the_place_of_the_word_that_was_begun() -> None:
    (first, *_) = completions("Trust AND coder:An OR x", 18, BOOK)
    assert (first.start, first.text) == (16, "Ann")
