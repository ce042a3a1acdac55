import pytest

from coder_app.domain.errors import BadInput
from coder_app.domain.imported import Block
from coder_app.edits.sources import import_sources, move_sources, remove_sources
from coder_app.queries.sources import (
    already_there,
    blocks_of,
    folders,
    original_of,
    source,
    sources,
    text_of,
    texts,
    words_of,
)


def names(project) -> list[str]:
    return [one.name for one in sources(project)]


def test_sources_come_by_folder_and_then_in_their_own_order(small):
    assert [(one.folder, one.name) for one in sources(small.project)] == [
        ("", "Two.txt"),
        ("Archive", "Three.txt"),
        ("Field/2024", "One.txt"),
    ]
    move_sources(small.project, [small.one, small.three], "", small.two)
    assert names(small.project) == ["One.txt", "Three.txt", "Two.txt"]


def test_a_source_knows_its_text_its_file_and_how_often_it_is_coded(small):
    one = source(small.project, small.one)
    text = text_of(small.project, small.one)
    assert (one.characters, one.words, one.codings) == (len(text), 11, 4)
    assert one.characters == 65, "positions count code points: the smiley is one"
    assert (one.original_name, one.importer, one.importer_version, one.encoding) == ("One.txt", "text", "3", "utf-8")
    assert original_of(small.project, small.one) == text.encode()
    assert texts(small.project)[small.one] == text
    assert source(small.project, small.three).codings == 0


def test_a_piece_of_a_text_is_counted_in_code_points(small):
    text = text_of(small.project, small.one)
    smiley = text.index("🙂")
    for start, stop in ((0, 5), (smiley, smiley + 1), (smiley + 1, len(text))):
        assert words_of(small.project, small.one, start, stop) == text[start:stop]


def test_a_source_is_found_by_id_or_by_name(small):
    assert source(small.project, "Two.txt") == source(small.project, small.two)
    with pytest.raises(BadInput, match="no source “Tow.txt”"):
        source(small.project, "Tow.txt")


def test_a_name_that_several_sources_have_is_refused(small, text_file):
    import_sources(small.project, [text_file("Two.txt", "Another text.")])
    with pytest.raises(BadInput, match="Several sources are called “Two.txt”"):
        source(small.project, "Two.txt")
    assert source(small.project, small.two).name == "Two.txt"


def test_blocks_come_back_as_the_importer_found_them(small):
    assert blocks_of(small.project, small.one)[1] == Block(0, 2, "heading", 1)
    assert blocks_of(small.project, small.two) == ()


def test_the_same_file_and_the_same_text_are_there_already(small, text_file):
    text = text_of(small.project, small.two)
    for again in (text_file("Renamed.txt", text), text_file("Other.docx", text, original=b"PK")):
        found = already_there(small.project, again)
        assert found is not None
        assert found.id == small.two
    same_file = text_file("Read as Latin.txt", "else", original=text.encode())
    assert already_there(small.project, same_file) is not None
    assert already_there(small.project, text_file("New.txt", text + " ")) is None
    remove_sources(small.project, [small.two])
    assert already_there(small.project, text_file("Renamed.txt", text)) is None


def test_folders_include_those_above(small):
    assert folders(small.project) == ["Archive", "Field", "Field/2024"]
