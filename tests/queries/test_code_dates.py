import itertools

from coder_app.edits import codings
from coder_app.edits.codings import apply_code
from coder_app.queries.code_dates import code_dates, dates_of
from coder_app.queries.codings import codings_in


def test_dates_are_the_first_and_the_last_of_each_code_by_each_coder(small, monkeypatch):
    days = itertools.cycle(["2024-05-02T08:00:00.000Z", "2024-05-01T08:00:00.000Z", "2024-05-03T08:00:00.000Z"])
    monkeypatch.setattr(codings, "now_utc", lambda: next(days))
    for start in range(6):
        apply_code(small.project, small.three, start, start + 1, small.state, small.b if start > 3 else None)
    expected: dict[tuple[str, str], list[str]] = {}
    for source in (small.one, small.two, small.three):
        for one in codings_in(small.project, source):
            expected.setdefault((one.code_id, one.coder_id), []).append(one.created_at)
    found = code_dates(small.project)
    assert found == {pair: (min(times), max(times)) for pair, times in expected.items()}
    assert dates_of(small.project, small.state) == {
        coder: span for (code, coder), span in found.items() if code == small.state
    }
    assert len(expected) == 5
    assert found[small.state, small.a] == ("2024-05-01T08:00:00.000Z", "2024-05-03T08:00:00.000Z")
