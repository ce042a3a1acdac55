import time

import pytest

from coder_app.domain.errors import BadInput, Cancelled
from coder_app.domain.imported import ImportedText
from coder_app.edits.sources import import_sources
from coder_app.queries import search_regex
from coder_app.queries.search import SearchOptions, search
from coder_app.queries.search_query import QueryProblem
from coder_app.queries.search_regex import PatternFinder, PatternTooSlow


def found(small, pattern, **options):
    return [(hit.source, hit.text) for hit in search(small.project, pattern, SearchOptions(regex=True, **options))]


def test_a_pattern_finds_what_python_finds_with_lines_as_units(small):
    assert found(small, r"th\w+") == [
        ("Two.txt", "the"),
        ("One.txt", "them"),
        ("One.txt", "Then"),
        ("One.txt", "the"),
        ("One.txt", "THEM"),
    ]
    assert found(small, r"^nobody") == [("One.txt", "Nobody")]
    assert found(small, r"came\.$") == [("One.txt", "came.")]
    assert found(small, r"came\.\sNobody") == [("One.txt", "came.\nNobody")]
    assert found(small, r"\U0001F642") == [("One.txt", "🙂")]


def test_case_counts_where_it_is_to(small):
    assert found(small, "THEM", match_case=True) == [("One.txt", "THEM")]


def test_places_without_characters_are_no_hits(small):
    assert found(small, "q*|^") == []
    assert found(small, "") == []


@pytest.mark.parametrize(("pattern", "place"), [("a(b", 1), ("[a", 0), ("a{2,1}", 2), ("*a", 0)])
def test_what_is_no_pattern_is_refused_at_once_with_its_place(pattern, place, small):
    with pytest.raises(QueryProblem, match="character") as caught:
        search(small.project, pattern, SearchOptions(regex=True))
    assert caught.value.place == place


@pytest.mark.parametrize("pattern", ["(" * 3000 + ")" * 3000, "a{99999999999}", "a" * 20_000])
def test_a_pattern_out_of_all_measure_is_refused(pattern, small):
    with pytest.raises(BadInput, match="simpler|shorten"):
        search(small.project, pattern, SearchOptions(regex=True))


@pytest.mark.parametrize("pattern", [r"(a+)+b", r"(a|aa)+$", r"(?:(?:(?:a{500}){500}){500}){500}b|(a*)*b"])
def test_no_pattern_runs_longer_than_it_may(pattern, small):
    import_sources(small.project, [ImportedText("Long.txt", "text", "a" * 5000 + "!", b"", "text", "1", "utf-8")])
    started = time.monotonic()
    with pytest.raises(PatternTooSlow, match=r"Long\.txt"):
        found(small, pattern, seconds=0.6)
    assert time.monotonic() - started < 10


def test_one_text_may_not_use_up_the_time_of_all(monkeypatch, small):
    monkeypatch.setattr(search_regex, "SECONDS_PER_TEXT", 0.5)
    with PatternFinder("(a+)+b") as pattern, pytest.raises(PatternTooSlow, match="took too long at Odd"):
        pattern.find("a" * 60, "Odd")


def test_its_process_ends_with_the_search(small):
    hits = search(small.project, "t", SearchOptions(regex=True))
    next(hits)
    process = next(iter(hits.gi_frame.f_locals.values())).gi_frame.f_locals["pattern"]._process
    hits.close()
    del hits
    process.wait(timeout=10)
    assert process.returncode is not None


def test_a_finder_says_where_it_stands_after_a_sound_text():
    with PatternFinder("b+", match_case=True) as pattern:
        assert pattern.find("abbabB", "one") == [(1, 3), (4, 5)]
        assert pattern.find("", "two") == []


def test_a_pattern_at_work_is_ended_when_nobody_wants_it_any_more():
    started = time.monotonic()
    with (
        PatternFinder(r"(a+)+$", is_stopped=lambda: time.monotonic() > started + 0.3) as pattern,
        pytest.raises(Cancelled),
    ):
        pattern.find("a" * 40 + "b", "A text")
    assert time.monotonic() < started + 3
