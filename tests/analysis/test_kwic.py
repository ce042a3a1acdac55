from coder_app.analysis.kwic import KwicRow, Sort, kwic, kwic_table
from coder_app.domain.hits import Hit

HITS = [
    Hit("s1", "One.txt", 10, 15, "Trust", "we  old\n", " is slow"),
    Hit("s1", "One.txt", 40, 45, "trust", "no ", "\n\na word"),
    Hit("s2", "Two.txt", 0, 6, "trusts", "", ", always"),
]


def test_each_hit_is_one_line_in_its_context():
    assert kwic(HITS)[0] == KwicRow("we old ", "Trust", " is slow", "One.txt", "s1", 10, 15)
    assert kwic(HITS)[1].right == " a word"
    assert kwic(HITS)[2].left == ""


def test_lines_are_sorted_by_the_word_next_to_the_hit_whatever_signs_stand_between():
    assert [row.start for row in kwic(HITS)] == [10, 40, 0]
    assert [row.start for row in kwic(HITS, Sort.WORD)] == [40, 10, 0]
    assert [row.start for row in kwic(HITS, Sort.LEFT)] == [0, 40, 10]
    assert [row.start for row in kwic(HITS, Sort.RIGHT)] == [40, 0, 10]


def test_the_table_says_where_each_line_stands():
    table = kwic_table(kwic(HITS), {"Query": "trust*"})
    assert [column.id for column in table.columns] == ["left", "word", "right", "source", "start", "stop", "source_id"]
    assert table.rows[2] == ("", "trusts", ", always", "Two.txt", 0, 6, "s2")
    assert table.settings == {"Query": "trust*"}
