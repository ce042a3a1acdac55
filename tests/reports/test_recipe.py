"""Recipes as documents, and the kinds that make tables."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.errors import BadInput
from coder_app.exporters.recipes import beside, found_recipe
from coder_app.reports.kinds import KINDS, content_of, module_of
from coder_app.reports.recipe import Origin, Recipe, plain, recipe_from

words = st.text(max_size=30)


@dataclass(frozen=True, slots=True)
class Inner:
    size: int = 3


@dataclass(frozen=True, slots=True)
class Odd:
    chosen: frozenset[str] | None = None
    inner: Inner = field(default_factory=Inner)


def test_every_kind_has_a_module_that_writes():
    for kind in KINDS:
        assert callable(module_of(kind).write), kind
        assert all(isinstance(table, str) for table in content_of(kind))


def test_an_unknown_kind_is_named():
    with pytest.raises(BadInput, match="poem"):
        module_of("poem")


def test_sets_are_sorted_so_that_the_same_options_are_the_same_bytes():
    assert plain(Odd(frozenset("cab"))) == {"chosen": ["a", "b", "c"], "inner": {"size": 3}}


@given(name=words, label=words, seed=st.none() | st.integers())
def test_a_recipe_comes_back_from_its_text(name, label, seed):
    recipe = Recipe(
        kind="cooccurrence",
        options={"label": label},
        suffix=".csv",
        project=Origin(id="x", name=name, file=name),
        fingerprint="f" * 64,
        app_version="1",
        seed=seed,
        time="2026-01-01T00:00:00+00:00",
    )
    text = recipe.text()
    assert text.isascii()
    assert "\n" not in text
    assert recipe_from(text, Path("x")) == recipe


@pytest.mark.parametrize("text", ["[]", "{", '{"recipe":"other"}', '{"recipe":"coder-app","version":1,"more":1}'])
def test_what_is_no_recipe_is_told_with_the_file(text):
    with pytest.raises(BadInput, match="odd.json"):
        recipe_from(text, Path("odd.json"))


@given(st.sampled_from([".png", ".pdf", ".xlsx", ".svg", ".html", ".json", ".graphml"]), st.binary())
def test_any_bytes_are_read_or_refused_in_a_sentence(tmp_path_factory, suffix, content):
    path = tmp_path_factory.mktemp("any") / f"file{suffix}"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=path.name):
        found_recipe(path)


def test_words_of_a_text_that_look_like_a_recipe_come_after_the_real_one(tmp_path):
    path = tmp_path / "t.json"
    path.write_text('{"recipe": {"recipe":"coder-app","version":1}, "rows": ["{\\"recipe\\":\\"coder-app\\"}"]}')
    assert json.loads(found_recipe(path)) == {"recipe": "coder-app", "version": 1}


def test_a_text_table_has_its_recipe_beside_it():
    assert beside(Path("a/pairs.csv")) == Path("a/pairs.csv.recipe.json")
