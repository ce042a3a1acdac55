import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.folding import folded, index_form, origins, without_accents


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Señora NAÏVE", "senora naive"),
        ("nai\u0308ve", "naive"),
        ("Straße", "strasse"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("Ёлка", "елка"),
        ("İstanbul ılık", "istanbul ilik"),
        ("مُحَمَّد", "محمد"),
        ("שָׁלוֹם", "שלום"),
        ("हिन्दी", "हिन्दी"),
        ("ﬁne", "fine"),
    ],
)
def test_case_and_accents_go_and_letters_stay(text, form):
    assert folded(text) == form


def test_case_stays_where_only_accents_are_to_go():
    assert without_accents("Éа́ Ünal") == "Eа Unal"


def test_the_index_gets_words_where_search_sees_words():
    assert index_form("plain English, as IT is") == "plain English, as IT is"
    assert index_form("x人权x «да»").split() == ["x", "人", "权", "x", "да"]
    assert index_form("é\ue000é").split() == ["e", "e"]


@given(st.text(max_size=40))
def test_each_character_is_folded_by_itself(text):
    for fold in (folded, without_accents):
        plain = fold(text)
        assert plain == "".join(map(fold, text)) or not text.isascii()
        assert [fold(text[at]) != "" for at in origins(text, fold)] == [True] * len(plain)


def test_characters_that_a_search_takes_for_equal_are_equal_in_the_index():
    """Otherwise the index would hide a hit that reading the text finds."""
    different: list[str] = []
    compared = 0
    for code in range(0x80, sys.maxunicode + 1):
        character = chr(code)
        others = {character.lower(), character.upper(), character.title(), character.casefold(), *"sSkKiIåµμ"}
        for other in others if unicodedata.category(character) not in {"Cs", "Cn", "Co"} else ():
            if len(other) == 1 and re.fullmatch(re.escape(character), other, re.IGNORECASE):
                compared += 1
                # The index leaves plain English to SQLite, which makes it lower case.
                if index_form(character + "é").lower() != index_form(other + "é").lower():
                    different.append(f"{code:04x}")
    assert different == []
    assert compared > 100_000
