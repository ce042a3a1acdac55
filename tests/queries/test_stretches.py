from coder_app.edits.codings import apply_code
from coder_app.queries.stretches import coded_stretches


def test_what_codes_cover_is_given_once_in_stretches(small):
    codes = [small.trust, small.clan]
    assert coded_stretches(small.project, codes)[small.one] == [(3, 10), (41, 47)]
    assert coded_stretches(small.project, codes, coder_ids=[small.b])[small.one] == [(3, 10)]
    apply_code(small.project, small.one, 8, 41, small.clan, small.b)
    assert coded_stretches(small.project, codes)[small.one] == [(3, 47)]
    assert coded_stretches(small.project, []) == {}
