"""Whatever is searched for, the index must not change what is found; it may only save reading."""

from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.domain.errors import Cancelled
from coder_app.domain.hits import Place
from coder_app.domain.imported import ImportedText
from coder_app.edits.codings import apply_code
from coder_app.edits.sources import import_sources, move_sources, remove_sources
from coder_app.queries import search as search_module
from coder_app.queries.coders import coders
from coder_app.queries.search import (
    SearchOptions,
    Watch,
    codes_covering,
    hits_at,
    places,
    places_by_source,
    search,
)
from coder_app.queries.sources import sources
from coder_app.store import full_text
from coder_app.store.project import Project

WORDS = ["a", "b", "A", "ab", "é", "e\u0301", "e", "İ", "ß", "ss", "x_y", "人权", "हि", "don't", "ı", "\ue000", "٣"]
WORDS += ["a.", "(a)", "🙂", "a-b", "ſ", "k", "K"]
TEXTS = st.lists(st.lists(st.sampled_from([*WORDS, " ", " ", "\n", ".\t"]), max_size=20).map("".join), max_size=4)
TERMS = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(["a*", "é*", '"a b"', '"b a"*', "NEAR(a b, 2)", "人*"]),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(" ".join),
)
QUERIES = st.lists(TERMS, min_size=1, max_size=3).flatmap(
    lambda terms: st.sampled_from([" AND ", " OR ", " NOT ", " "]).map(lambda operator: operator.join(terms))
)


def imported(name: str, text: str) -> ImportedText:
    return ImportedText(name, "text", text, text.encode(), "text", "1", "utf-8")


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    with Project.create(tmp_path_factory.mktemp("index") / "shared.coder") as project:
        yield project


@settings(max_examples=150)
@given(texts=TEXTS, query=QUERIES, case=st.booleans(), accents=st.booleans())
def test_the_index_finds_what_reading_finds(shared, texts, query, case, accents):
    how = SearchOptions(match_case=case, match_accents=accents)
    remove_sources(shared, [source.id for source in sources(shared)])
    import_sources(shared, [imported(f"{number}.txt", text) for number, text in enumerate(texts)])
    assert full_text.missing(shared.db) == 0
    through_the_index = list(places(shared, query, how))
    full_text.clear(shared)
    assert list(places(shared, query, how)) == through_the_index


@pytest.fixture
def large(tmp_path):
    """A word in so many lines that it is asked for text by text, in an order that is not that of the index."""
    with Project.create(tmp_path / "large.coder") as project:
        ids = import_sources(
            project,
            [imported(f"{n}.txt", f"common here\n{'rare' if n == 7 else 'x'} common\n" * 200) for n in range(10)],
        )
        move_sources(project, [ids[9]], "", ids[0])
        while full_text.index_some(project):
            pass
        yield project


def test_hits_of_a_common_word_come_in_the_order_of_sources(large):
    found = list(search(large, "common"))
    assert len(found) == 4000
    assert list(dict.fromkeys(hit.source for hit in found)) == ["9.txt", *(f"{n}.txt" for n in range(9))]
    assert [hit.start for hit in found[:3]] == [0, 14, 21]
    assert len(list(places(large, "rare AND common"))) == 400
    assert len(list(places(large, "x common"))) == 1800
    assert list(places(large, "common", SearchOptions(sources=frozenset()))) == []


def test_the_first_hits_come_without_the_others(large):
    assert [hit.source for hit in islice(search(large, "rare"), 3)] == ["7.txt"] * 3


def test_a_snapshot_is_searched_like_the_project(large):
    assert list(places(large.snapshot(), "rare")) == list(places(large, "rare"))


def test_a_damaged_index_is_left_aside(small):
    before = list(places(small.project, "trusted"))
    assert before
    small.project.db.conn.execute("UPDATE full_text_data SET block = x'0102' WHERE id > 10")
    small.project.close()
    with Project.open(small.project.path, write=False) as reader:
        with pytest.raises(full_text.Unusable):
            full_text.lines_with(reader.db, '"trusted"', 10)
        assert list(places(reader, "trusted")) == before


def test_places_get_their_words_when_they_come_into_sight(small):
    found = list(places(small.project, "trusted"))
    assert hits_at(small.project, found[::-1], context=3) == list(search(small.project, "trusted", context=3))[::-1]


def test_the_codes_that_cover_a_hit(small):
    project, one = small.project, small.one
    wanted = [Place(one, 41, 47), Place(one, 3, 10), Place(one, 2, 10), Place(one, 4, 9), Place(small.two, 0, 4)]
    covering = codes_covering(project, wanted)
    assert [set(codes) for codes in covering] == [
        {small.trust},
        {small.trust, small.clan},
        set(),
        {small.trust, small.clan},
        set(),
    ]
    assert len(covering[1]) == 2, "two coders' codings with one code are one code"
    assert codes_covering(project, []) == []
    assert codes_covering(project, wanted, []) == [()] * len(wanted)
    assert codes_covering(project, wanted, [coder.id for coder in coders(project)]) == covering


def test_places_come_source_by_source_and_the_search_is_followed_and_stopped(small):
    told: list[tuple[int, int]] = []

    def listen(done: int, of: int) -> None:
        told.append((done, of))
        if len(told) > len(sources(small.project)):
            raise Cancelled

    watch = Watch(listen)
    found = [
        (source_id, list(spans)) for source_id, _, spans in places_by_source(small.project, "trusted", watch=watch)
    ]
    assert [place for _, spans in found for place in spans] == list(places(small.project, "trusted"))
    assert told == [(done, len(sources(small.project))) for done in range(len(sources(small.project)))]
    with pytest.raises(Cancelled):
        list(places_by_source(small.project, "trusted", watch=watch))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=12))
def test_covering_codes_are_those_of_all_codings_around(shared, spans):
    remove_sources(shared, [source.id for source in sources(shared)])
    (source,) = import_sources(shared, [imported("one.txt", "x" * 60)])
    code = _code(shared)
    for start, length in spans[::2]:
        apply_code(shared, source, start, start + length, code)
    wanted = [Place(source, start, start + length) for start, length in spans[1::2]]
    around = [
        any(start <= place.start and start + length >= place.stop for start, length in spans[::2]) for place in wanted
    ]
    longest: dict[str, int] = {}
    for one in [wanted, *([place] for place in wanted)]:
        covered = [bool(codes) for codes in codes_covering(shared, one, longest=longest)]
        assert covered == [around[wanted.index(place)] for place in one]
    assert longest == ({source: max(length for _, length in spans[::2]) if spans else 0} if wanted else {})


@given(st.text(alphabet="ab \n", max_size=60), st.sampled_from(["a", "ab", "b"]), st.booleans())
def test_a_text_read_in_stretches_has_the_same_hits(shared, text, word, whole_words):
    remove_sources(shared, [source.id for source in sources(shared)])
    full_text.clear(shared)
    import_sources(shared, [imported("one.txt", text)])
    full_text.clear(shared)
    options = SearchOptions(whole_words=whole_words)
    whole = list(places(shared, word, options))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_module, "_STRETCH", 5)
        assert list(places(shared, word, options)) == whole


def _code(project: Project) -> str:
    from coder_app.edits.codes import add_code

    there = project.rows("SELECT id FROM code")
    return there[0][0] if there else add_code(project, "Code")
