"""The report on agreement: what it says can be recounted, before and after are kept apart, every format opens."""

import csv
import html
import io
import re

import pytest
from docx import Document

CODINGS = """source,start,stop,code,coder,memo
market.txt,4,10,Place,Ann,
market.txt,4,10,Place,Bo,
market.txt,11,16,Place,Ann,
market.txt,28,40,Feeling > Trust,Ann,
market.txt,28,40,Feeling > Trust,Bo,
fear.txt,0,18,Feeling > Fear,Ann,
fear.txt,0,18,Feeling > Fear,Bo,
fear.txt,20,30,Feeling > Trust,Bo,
"""


@pytest.fixture
def study(project, tmp_path, done):
    """Give a project that Ann and Bo coded in a round that is closed."""
    (tmp_path / "all.csv").write_text(CODINGS, "utf-8")
    done("assignments", "open", project, "Pilot")
    done("codings", "import", project, tmp_path / "all.csv")
    finish(project, done)
    return project


def finish(project, done):
    done("assignments", "assign", project)
    done("assignments", "done", project)
    done("assignments", "close", project)


def page(done, project, tmp_path, *options):
    done("agreement-report", project, "-o", tmp_path / "r.html", "--resamples", "0", *options)
    text = (tmp_path / "r.html").read_text("utf-8")
    return re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]+>", " ", text.split("<body>")[1])))


def ids(done, project, tmp_path):
    done("disagreements", project, "-o", tmp_path / "d.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "d.csv").read_text("utf-8-sig"))))
    return [row["coding_ids"].split()[0] for row in rows]


def test_the_paragraph_says_who_coded_what_how_and_how_far_they_agree(study, tmp_path, done):
    said = page(done, study, tmp_path)
    assert "2 coders (Ann, Bo) coded 2 of 2 sources in common (3 of 3 units, 100 % of the characters)." in said
    assert "They coded independently in “Pilot”" in said
    assert "The unit of analysis was the paragraph" in said
    assert "3 codes were assessed. 1 code that nobody used in these sources was left out (Feeling)." in said
    # Twelve decisions of each coder: Trust in the paragraph of fear.txt is Bo's alone, all others are alike.
    assert "Coders agreed on 91.7 % of the decisions." in said
    assert "there were 2 disagreements: 2 in which a coder gave no code" in said
    assert "None of them has been decided yet." in said
    assert "reliable" not in said


def test_the_items_of_coreq_that_the_project_knows_are_filled_and_the_others_left_open(study, tmp_path, done):
    said = page(done, study, tmp_path)
    assert "24 Number of data coders 2 (Ann, Bo)" in said
    assert "4 codes on 2 levels under Feeling, Place; with a definition: 1" in said
    assert "27 Software Coder App" in said
    assert "28 Participant checking [to be written]" in said


def test_every_disagreement_stands_there_with_its_words_and_its_decision(study, tmp_path, done):
    first = ids(done, study, tmp_path)[0]
    done("adjudicate", study, first, "--neither", "--reason", "No place is meant")
    said = page(done, study, tmp_path)
    assert "market.txt, 11–16 · missed · Ann: Place; Bo: – · decided: neither · No place is meant" in said
    assert "Decided so far: 1, with a reason kept for each decision (0 as one coder had it" in said
    assert "open: 1." in said


def test_after_negotiation_is_told_apart_from_before(study, tmp_path, done):
    before = page(done, study, tmp_path)
    pooled = re.search(r"alpha \(nominal\) was (\S+?)\.? ", before)[1]
    for one in ids(done, study, tmp_path):
        done("adjudicate", study, one, "--both")
    after = page(done, study, tmp_path)
    assert f"alpha (nominal) was {pooled}" in after, "what was coded independently stays what it was"
    assert re.search(r"alpha is 1\.000; this is agreement after negotiation", after)


def test_every_format_opens_and_the_table_is_the_same(study, tmp_path, done):
    for suffix in (".docx", ".csv", ".xlsx", ".json"):
        done("agreement-report", study, "-o", tmp_path / f"r{suffix}", "--resamples", "0")
    document = Document(str(tmp_path / "r.docx"))
    assert any("2 coders (Ann, Bo) coded" in paragraph.text for paragraph in document.paragraphs)
    printed = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    rows = list(csv.reader(io.StringIO((tmp_path / "r.csv").read_text("utf-8-sig"))))
    assert [row[0] for row in printed[1:]] == [row[0] for row in rows[1:]]
    assert printed[0][0] == "Code"


def test_what_is_older_than_the_round_is_not_said_to_be_independent(project, tmp_path, done):
    (tmp_path / "all.csv").write_text(CODINGS, "utf-8")
    done("codings", "import", project, tmp_path / "all.csv")
    done("assignments", "open", project, "Pilot")
    finish(project, done)
    said = page(done, project, tmp_path)
    assert "independently" not in said
    assert "They coded in “Pilot”" in said
    assert "[8 codings are older than the round; say how they were made.]" in said


def test_a_project_without_a_round_is_asked_whether_they_coded_independently(project, tmp_path, done):
    (tmp_path / "all.csv").write_text(CODINGS, "utf-8")
    done("codings", "import", project, tmp_path / "all.csv")
    assert "[Say whether they coded independently" in page(done, project, tmp_path)


def test_one_coder_gets_a_sentence(project, tmp_path, done, run):
    (tmp_path / "all.csv").write_text("source,start,stop,code,coder,memo\nmarket.txt,4,10,Place,Ann,\n", "utf-8")
    done("codings", "import", project, tmp_path / "all.csv")
    answer = run("agreement-report", project, "-o", tmp_path / "r.docx")
    assert answer.is_bad_input_about("small.coder")
    assert "Only Ann has coded here (1 source)" in answer.err


def test_on_cases_the_paragraph_counts_cases(study, tmp_path, done):
    done("cases", "from-sources", study, "market.txt", "fear.txt")
    assert "2 coders (Ann, Bo) coded 2 of 2 cases in common." in page(done, study, tmp_path, "--unit", "case")
