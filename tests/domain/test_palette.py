"""The palette can be read on both papers, and siblings get colours that differ."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.domain.palette import PALETTE, blend, colour_for, contrast, parse_colour

LIGHT = ("#ffffff", "#1f2328")
DARK = ("#202227", "#e6e6e3")

# Simulation of the three common deficiencies, severity 1.0, on linear RGB (Machado, Oliveira, Fernandes 2009).
DEFICIENCIES = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
NORMAL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))

colours = st.sampled_from(PALETTE)


def linear(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def times(matrix, vector):
    return [sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix]


def oklab(rgb):
    to_cones = (
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    )
    to_lab = (
        (0.2104542553, 0.7936177850, -0.0040720468),
        (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    )
    return times(to_lab, [max(cone, 0.0) ** (1 / 3) for cone in times(to_cones, rgb)])


def distance(a, b, view):
    seen = [oklab([min(max(channel, 0.0), 1.0) for channel in times(view, linear(colour))]) for colour in (a, b)]
    return sum((x - y) ** 2 for x, y in zip(*seen, strict=True)) ** 0.5


@pytest.mark.parametrize(("paper", "ink"), [LIGHT, DARK])
def test_text_on_a_tint_of_any_colour_keeps_its_contrast(paper, ink):
    assert min(contrast(ink, blend(colour, paper, 0.17)) for colour in PALETTE) >= 4.5


@pytest.mark.parametrize("paper", [LIGHT[0], DARK[0]])
def test_every_colour_can_be_seen_as_a_line_on_either_paper(paper):
    assert min(contrast(colour, paper) for colour in PALETTE) >= 3


def test_the_palette_has_24_colours_of_nearly_equal_lightness():
    lightness = [oklab(linear(colour))[0] for colour in PALETTE]
    assert len(set(PALETTE)) == 24
    assert max(lightness) - min(lightness) < 0.1


def test_any_two_colours_differ_to_normal_vision():
    assert min(distance(a, b, NORMAL) for a, b in itertools.combinations(PALETTE, 2)) > 0.045


@pytest.mark.parametrize("name", DEFICIENCIES)
def test_the_first_six_colours_are_told_apart_with_a_colour_vision_deficiency(name):
    given_out = []
    for _ in range(6):
        given_out.append(colour_for(given_out, None, given_out))
    assert min(distance(a, b, DEFICIENCIES[name]) for a, b in itertools.combinations(given_out, 2)) > 0.055


@given(st.lists(colours, max_size=23), st.none() | colours, st.lists(colours, max_size=60))
def test_a_new_code_never_takes_a_siblings_colour_while_another_is_left(siblings, parent, used):
    assert colour_for(siblings, parent, used) in set(PALETTE) - set(siblings)


@given(st.lists(colours, max_size=60), st.none() | colours, st.lists(colours, max_size=60))
def test_the_order_of_the_arguments_does_not_matter(siblings, parent, used):
    chosen = colour_for(siblings, parent, used)
    assert chosen == colour_for(reversed(siblings), parent, reversed(used))
    assert chosen == colour_for([colour.upper() for colour in siblings], parent, used)


def test_with_more_siblings_than_colours_the_one_used_least_comes_next():
    assert colour_for([*PALETTE, *PALETTE[1:]], None, []) == PALETTE[0]


def test_children_stay_near_their_parents_hue_until_its_neighbours_are_taken():
    parent = PALETTE[0]
    family = {PALETTE[step] for step in (-3, -2, -1, 1, 2, 3)}
    children = []
    for _ in range(6):
        children.append(colour_for(children, parent, [parent, *children]))
    assert set(children) == family
    assert colour_for(children, parent, [parent, *children]) not in {*family}


def test_children_of_a_colour_outside_the_palette_stay_near_its_hue():
    assert colour_for([], "#0000ff", []) in PALETTE[14:21]


def test_a_grey_parent_has_no_family():
    assert colour_for([], "#808080", []) == colour_for([], None, [])


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#0f0", "#00ff00"),
        (" #AbCdEf ", "#abcdef"),
        ("abcdef", "#abcdef"),
        ("#80ff7800", "#ff7800"),
        ("rgb(1, 2, 3)", "#010203"),
        ("rgba(255,0,10,0.5)", "#ff000a"),
        ("rgb(1 2 3 / 50%)", "#010203"),
        ("Color [A=255, R=255, G=128, B=0]", "#ff8000"),
        ("Color [Red]", "#ff0000"),
        ("Navy", "#000080"),
    ],
)
def test_colours_are_read_as_other_programs_write_them(text, colour):
    assert parse_colour(text) == colour


@pytest.mark.parametrize("text", ["", "#", "#12", "#12345", "#ggg", "rgb(256,0,0)", "rgb(1,2)", "reddish", "12", "①②③"])
def test_what_is_no_colour_gives_none(text):
    assert parse_colour(text) is None


@given(st.text())
def test_any_text_is_a_colour_or_none(text):
    found = parse_colour(text)
    assert found is None or parse_colour(found) == found


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#123456", "#123456") == 1


def test_blending_mixes_each_channel():
    assert blend("#ff0000", "#ffffff", 0.2) == "#ffcccc"
    assert blend("#ff0000", "#0000ff", 0) == "#0000ff"
    assert blend("#ff0000", "#0000ff", 1) == "#ff0000"
