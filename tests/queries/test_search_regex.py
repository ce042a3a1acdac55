import os
import re
import subprocess
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.domain.errors import BadInput, Cancelled
from coder_app.domain.imported import ImportedText
from coder_app.edits.sources import import_sources
from coder_app.queries import search_regex
from coder_app.queries.search import SearchOptions, search
from coder_app.queries.search_query import QueryProblem
from coder_app.queries.search_regex import PatternFinder, PatternTooSlow, find_in_all, processes_for


def plain(name, text):
    return ImportedText(name, "text", text, b"", "text", "1", "utf-8")


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
    import_sources(small.project, [plain("Long.txt", "a" * 5000 + "!")])
    started = time.monotonic()
    with pytest.raises(PatternTooSlow, match=r"Long\.txt"):
        found(small, pattern, seconds=0.6)
    assert time.monotonic() - started < 10


def test_one_text_may_not_use_up_the_time_of_all(monkeypatch, small):
    monkeypatch.setattr(search_regex, "SECONDS_PER_TEXT", 0.5)
    with PatternFinder("(a+)+b") as pattern, pytest.raises(PatternTooSlow, match="took too long at Odd"):
        pattern.find("a" * 60, "Odd")


@pytest.fixture
def processes(monkeypatch):
    """All processes that are started from now on."""
    started: list[subprocess.Popen[bytes]] = []

    class Remembered(subprocess.Popen):
        def __init__(self, *arguments, **options) -> None:
            super().__init__(*arguments, **options)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Remembered)
    return started


@pytest.fixture
def two_processes(monkeypatch):
    monkeypatch.setattr("coder_app.queries.search.processes_for", lambda _characters: 2)


def test_its_process_ends_with_the_search(small, processes):
    hits = search(small.project, "t", SearchOptions(regex=True))
    next(hits)
    assert [one.returncode for one in processes] == [None]
    hits.close()
    del hits
    assert processes[0].returncode is not None


@pytest.mark.usefixtures("two_processes")
def test_all_processes_end_with_the_search_also_where_they_are_at_work(small, processes):
    import_sources(small.project, [plain(f"{n}.txt", "t" if n == 0 else "a" * 40 + "t") for n in range(5)])
    hits = search(small.project, "(a+)+$|t", SearchOptions(regex=True))
    next(hits)
    assert len(processes) == 2
    started = time.monotonic()
    hits.close()
    del hits
    assert time.monotonic() < started + 3
    assert None not in [one.returncode for one in processes]


@pytest.mark.usefixtures("two_processes")
def test_what_comes_before_a_text_that_takes_too_long_is_found(small, processes):
    import_sources(small.project, [plain(f"Z{n}.txt", "aab") for n in range(4)])
    import_sources(small.project, [plain("ZZ.txt", "a" * 60), plain("ZZZ.txt", "aab")])
    hits = search(small.project, "(a+)+b", SearchOptions(regex=True, seconds=0.6))
    assert [next(hits).source for _ in range(4)] == [f"Z{n}.txt" for n in range(4)]
    with pytest.raises(PatternTooSlow, match=r"ZZ\.txt"):
        next(hits)
    del hits
    assert None not in [one.returncode for one in processes]


@pytest.mark.usefixtures("two_processes")
def test_no_time_runs_while_nobody_takes_the_hits(small, monkeypatch):
    monkeypatch.setattr(search_regex, "SECONDS_PER_TEXT", 1.0)
    import_sources(small.project, [plain(f"{n}.txt", "ab " * 40_000) for n in range(8)])
    hits = search(small.project, "a", SearchOptions(regex=True, match_case=True))
    first = next(hits)
    time.sleep(1.2)
    assert 1 + sum(1 for _ in hits) >= 8 * 40_000
    assert first.text == "a"


@given(
    st.lists(st.text("ab é\n", max_size=12), max_size=9),
    st.sampled_from(["a+", "a b", "^a|b$", "q", r"\w+", "\ud800"]),
    st.integers(1, 3),
)
@settings(max_examples=15, deadline=None)
def test_several_processes_find_what_one_finds_in_the_same_order(texts, pattern, processes):
    named = [(number, text, f"{number}") for number, text in enumerate(texts)]
    expected = [
        (number, text, [one.span() for one in re.finditer(pattern, text, re.MULTILINE | re.IGNORECASE)])
        for number, text, _ in named
    ]
    assert list(find_in_all(named, lambda: PatternFinder(pattern), processes)) == expected


def test_a_few_texts_are_worth_one_process_and_many_no_more_than_there_are_processors():
    assert processes_for(0) == processes_for(999_999) == 1
    assert processes_for(10**9) <= min(4, os.cpu_count() or 1)


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
