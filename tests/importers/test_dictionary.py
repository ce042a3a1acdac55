import pytest

from coder_app.domain.dictionary import DictionaryEntry
from coder_app.domain.errors import ImportProblem
from coder_app.domain.extents import Extent
from coder_app.importers.dictionary import read_dictionary


@pytest.fixture
def written(tmp_path):
    def write(text, name="words.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


def test_entries_are_read_with_their_lines(written):
    path = written(
        'code,pattern,regex,extent\nA > B,trust*,,sentence\n\nC,"NEAR(a b, 3)"\nC,\\bx,Yes,\nD,\'=x,no,TURN\n'
    )
    assert read_dictionary(path) == [
        DictionaryEntry(2, "A > B", "trust*", extent=Extent.SENTENCE),
        DictionaryEntry(4, "C", "NEAR(a b, 3)"),
        DictionaryEntry(5, "C", "\\bx", is_regex=True),
        DictionaryEntry(6, "D", "=x", extent=Extent.TURN),
    ]


def test_other_columns_orders_delimiters_and_encodings_are_no_trouble(written):
    path = written("Pattern;Note;CODE\nнет;x;Код\n", encoding="utf-16")
    assert read_dictionary(path) == [DictionaryEntry(2, "Код", "нет")]
    assert read_dictionary(written("code\tpattern\nA\tb\n", "w.tsv")) == [DictionaryEntry(2, "A", "b")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code,words\nA,b\n", "line 1: There is no “pattern”"),
        ("", "“code”, “pattern”"),
        ("code,pattern\nA,b\nA,\n", "line 3: “pattern” is empty"),
        ("code,pattern\nA\n", "line 2: “pattern” is empty"),
        ("code,pattern,regex\nA,b,perhaps\n", "line 2: Under regex stands “perhaps”"),
        ("code,pattern,extent\nA,b,page\n", "line 2: Under extent stands “page”; write one of match, sentence"),
    ],
)
def test_the_first_row_that_cannot_be_meant_is_named(written, text, message):
    with pytest.raises(ImportProblem, match=message):
        read_dictionary(written(text))


def test_another_kind_of_file_is_refused(written, tmp_path):
    with pytest.raises(ImportProblem, match=r"\.csv and \.tsv"):
        read_dictionary(written("{}", "words.json"))
    with pytest.raises(ImportProblem, match="no such file"):
        read_dictionary(tmp_path / "missing.csv")
