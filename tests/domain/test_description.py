"""Definition, rules and examples go into one text and come apart again, whatever they say."""

from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.codebook import CodebookEntry, Example
from coder_app.domain.description import apart, description_of

# Texts made of what the sections are told by are the ones that could be confused with them.
pieces = st.sampled_from(
    ["Use when: ", "Do not use when: ", "Example: ", "Example (", "): ", "\\", "\n", "\n\n", "a", " ", ")", "n", ":"]
)
texts = st.lists(pieces, max_size=8).map("".join) | st.text(max_size=10)
entries = st.builds(
    CodebookEntry,
    id=st.just("1"),
    name=st.just("Trust"),
    definition=texts,
    use_when=texts,
    not_when=texts,
    examples=st.lists(st.builds(Example, texts, texts), max_size=3).map(tuple),
)


@given(entries)
def test_what_was_put_together_comes_apart_exactly(entry):
    assert apart(description_of(entry)) == (entry.definition, entry.use_when, entry.not_when, entry.examples)


def test_people_can_read_the_text():
    entry = CodebookEntry("1", "Trust", "", "Faith.", "relied on", "hoped for", examples=(Example("yes", "one.txt"),))
    assert description_of(entry) == (
        "Faith.\n\nUse when: relied on\n\nDo not use when: hoped for\n\nExample (one.txt): yes"
    )


def test_a_text_without_sections_is_a_definition():
    assert apart("Use it well.\n\nWhen?") == ("Use it well.\n\nWhen?", "", "", ())


def test_sections_may_follow_without_a_blank_line_and_repeat():
    found = apart("Faith.\nUse when: a\nUse when: b\nExample: c")
    assert found == ("Faith.", "a\nb", "", (Example("c"),))


def test_a_section_with_an_unclosed_source_stays_in_the_definition():
    assert apart("Faith.\n\nExample (one.txt: yes") == ("Faith.\n\nExample (one.txt: yes", "", "", ())


def test_a_code_without_words_has_no_description():
    assert description_of(CodebookEntry("1", "Trust")) == ""
