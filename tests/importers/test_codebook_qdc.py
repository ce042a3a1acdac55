"""REFI-QDA codebooks of every dialect are read; hostile and broken ones are refused."""

from pathlib import Path

import pytest

from coder_app.domain.codebook import Example
from coder_app.domain.errors import ImportProblem
from coder_app.importers.codebook import read_codebook

SHARED = Path(__file__).parents[2].parent / "shared" / "refi"
needs_samples = pytest.mark.skipif(not SHARED.exists(), reason="the samples of other programs are not here")

G = "11111111-1111-4111-8111-11111111111"


@pytest.fixture
def read(tmp_path):
    def reader(codes, sets="", namespace="urn:QDA-XML:codebook:1.0"):
        path = tmp_path / "themes.qdc"
        content = f'<CodeBook xmlns="{namespace}"><Codes>{codes}</Codes>{sets}</CodeBook>'
        path.write_text(content, encoding="utf-8")
        return read_codebook(path)

    return reader


def test_a_code_is_read_with_all_it_has(read):
    codebook = read(
        f'<Code guid="{{{G.upper()}1}}" name="Trust" isCodable="0" color="#0F0"><Description>d</Description>'
        f'<Code guid="{G}2" name="Hope" isCodable="true"/></Code>',
    )
    (trust,) = codebook.roots
    assert (trust.id, trust.name, trust.colour, trust.definition) == (G + "1", "Trust", "#00ff00", "d")
    assert not trust.is_codable
    assert [(child.name, child.colour, child.is_codable) for child in trust.children] == [("Hope", "", True)]
    assert codebook.name == "themes"


@pytest.mark.parametrize(
    "namespace", ["urn:QDA-XML:codebook:1.0", "urn:QDA-XML:codebook:0:4", "urn:QDA-XML:codebook:1:0", ""]
)
def test_all_namespaces_that_programs_write_are_read(read, namespace):
    assert read(f'<Code guid="{G}1" name="Trust" isCodable="true"/>', namespace=namespace).roots[0].name == "Trust"


def test_a_prefix_is_no_trouble(tmp_path):
    path = tmp_path / "themes.qdc"
    path.write_text(
        '<q:CodeBook xmlns:q="urn:QDA-XML:codebook:1.0"><!-- hello --><q:Codes><q:Code guid="" name="Trust"/>'
        "</q:Codes></q:CodeBook>",
        encoding="utf-8",
    )
    assert read_codebook(path).roots[0].name == "Trust"


def test_empty_and_equal_names_are_kept(read):
    codebook = read("".join(f'<Code guid="{G}{number}" name="{name}"/>' for number, name in enumerate(["", "a", "a"])))
    assert [root.name for root in codebook.roots] == ["(no name)", "a", "a"]
    assert len(codebook.notes) == 1


def test_a_description_in_sections_comes_apart(read):
    codebook = read(
        f'<Code guid="{G}1" name="Trust"><Description>Faith.\n\nUse when: relied on\nby many\n\n'
        "Do not use when: hoped for\n\nExample (one.txt): I count on her\n\nExample: yes</Description></Code>",
    )
    trust = codebook.roots[0]
    assert (trust.definition, trust.use_when, trust.not_when) == ("Faith.", "relied on\nby many", "hoped for")
    assert trust.examples == (Example("I count on her", "one.txt"), Example("yes"))


def test_sets_are_read_by_either_attribute_and_lose_unknown_members(read):
    codebook = read(
        f'<Code guid="{G}1" name="a"/><Code guid="{G}2" name="b"/>',
        f'<Sets><Set guid="{G}9" name="S"><Description>d</Description><MemberCode guid="{{{G}2}}"/>'
        f'<MemberCode targetGUID="{G}1"/><MemberCode guid="{G}7"/></Set></Sets>',
    )
    (found,) = codebook.sets
    assert (found.name, found.description, found.members) == ("S", "d", (G + "2", G + "1"))
    assert len(codebook.notes) == 1


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (f'<Code guid="{G}1" name="a"/>\n<Code guid="{G.upper()}1" name="b"/>', "line 2: .*same id"),
        (f'<Code guid="{G}1" name="a" color="reddish"/>', "reddish"),
        (f'<Code guid="{G}1" name="a" isCodable="perhaps"/>', "isCodable"),
        ("", "no codes"),
        ("<Code", "damaged"),
        ("&unknown;", "themes.qdc"),
    ],
)
def test_a_broken_codebook_is_refused(read, codes, words):
    with pytest.raises(ImportProblem, match=r"themes\.qdc") as error:
        read(codes)
    assert error.match(words)


def test_too_many_levels_are_refused(read):
    assert read('<Code name="x">' * 200 + "</Code>" * 200)
    for levels in (201, 5_000):
        with pytest.raises(ImportProblem, match=r"themes\.qdc"):
            read('<Code name="x">' * levels + "</Code>" * levels)


@pytest.mark.parametrize("root", ["<Project xmlns='urn:QDA-XML:project:1.0'/>", "<CodeBook xmlns='urn:other'/>"])
def test_another_root_is_refused(tmp_path, root):
    path = tmp_path / "other.qdc"
    path.write_text(root, encoding="utf-8")
    with pytest.raises(ImportProblem, match=r"other\.qdc.*no REFI-QDA codebook"):
        read_codebook(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(tmp_path, encoding):
    path = tmp_path / "evil.qdc"
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    path.write_text(
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE CodeBook [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code name="a"><Description>&x;</Description></Code></Codes>'
        "</CodeBook>",
        encoding=encoding,
    )
    with pytest.raises(ImportProblem, match=r"evil\.qdc.*document type"):
        read_codebook(path)


@needs_samples
@pytest.mark.parametrize("name", ["golden.qdc", "ns-0-4.qdc", "ns-1-0.qdc"])
def test_the_golden_codebook_is_read_alike_in_all_namespaces(name):
    folder, dup, nameless = read_codebook(SHARED / "golden" / name).roots
    (a,) = folder.children
    (inner,) = a.children
    assert (folder.name, folder.definition, folder.is_codable) == ("Folder", "folder\nsecond line", False)
    assert (a.name, a.colour, inner.name, inner.colour) == ("A", "#ff0000", "dup", "#00ff00")
    assert inner.children[0].name == "C::D"
    assert (dup.name, nameless.name, nameless.id) == ("dup", "(no name)", "48136ff8-8940-5785-b065-9acb49ec2cc7")


@needs_samples
def test_codebooks_of_other_programs_are_read():
    atlas = read_codebook(SHARED / "real" / "atlasti-23-ns-0-4.qdc")
    assert [root.name for root in atlas.roots] == ["code1", "code2", "code3", "subcode 2.1"]
    assert atlas.roots[2].children[0].name == "subcode 3.1"
    annex = read_codebook(SHARED / "real" / "spec-annexA1.qdc")
    assert [root.name for root in annex.roots][:2] == ["Topics", "Economy"]
    assert annex.roots[0].definition == ""
