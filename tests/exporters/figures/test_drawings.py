"""Sheets of shapes and words: names never cover each other, nothing leaves the sheet, everything can be pointed at."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.domain.pictures import Dendrogram, Heatmap, Join, Link, PictureKind, Plane, Point, Sankey, Shown
from coder_app.domain.table import Column, Table
from coder_app.exporters.figures import body, page, write_picture
from coder_app.exporters.figures.drawing import Disc, Mesh, Ribbon, Stroke, Words, height_of, width_of, wrapped
from coder_app.exporters.figures.paint import readable_on

NAMES = ("Trust", "A rather long name of a code", "安全と難民", "المخاوف من الشرطة", "חברות", "$5 or $6")


def shown(kind: PictureKind, names: tuple[str, ...], heading="Ann", **more) -> Shown:
    codes = tuple(f"c{number}" for number in range(len(names)))
    numbers = tuple(range(1, len(names) + 1))
    table = Table("T", (Column("a", "a"),), ())
    return Shown(kind, "A title", heading, codes, names, numbers, ("How it was made.",), table, **more)


def rect(words: Words) -> tuple[float, float, float, float]:
    wide, tall = width_of(words.text, words.size), height_of(words.size)
    return words.x - wide / 2, words.y - tall / 2, words.x + wide / 2, words.y + tall / 2


def network(names, places, links=(), points=(), axes=None) -> Plane:
    return Plane(shown(PictureKind.NETWORK, tuple(names), ()), tuple(places), tuple(links), tuple(points), axes)


places = st.tuples(st.floats(-1, 1), st.floats(-1, 1))


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(NAMES), places), min_size=2, max_size=70))
def test_names_in_a_plane_never_cover_each_other_or_leave_the_sheet(codes):
    names = [f"{name} {number}" for number, (name, _) in enumerate(codes)]
    drawing = body(network(names, [place for _, place in codes]))
    found = [rect(part) for part in drawing.parts if isinstance(part, Words)]
    for number, one in enumerate(found):
        assert one[0] >= -1e-9
        assert one[1] >= -1e-9
        assert one[2] <= drawing.width + 1e-9
        assert one[3] <= drawing.height + 1e-9
        for other in found[:number]:
            assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]


def test_distances_of_a_map_are_kept_to_one_scale():
    drawing = body(network(["a", "b", "c"], [(0, 0), (3, 0), (0, 4)]))
    a, b, c = (part for part in drawing.parts if isinstance(part, Disc))
    assert math.dist((a.x, a.y), (b.x, b.y)) / math.dist((a.x, a.y), (c.x, c.y)) == pytest.approx(3 / 4)
    assert c.y < a.y


def test_the_stronger_link_is_thicker_and_each_opens_its_pair():
    drawing = body(network(["a", "b", "c"], [(0, 0), (1, 0), (0, 1)], [Link(0, 1, 0.5, 7), Link(1, 2, 0.1, 2)]))
    thin, thick = [part for part in drawing.parts if isinstance(part, Stroke)][:2]
    assert thick.width > thin.width
    opened = {target.codes: target.said for target in drawing.targets}
    assert opened["c0", "c1"] == "a and b: 7; weight .500"
    assert opened["c0", "c0"] == "a (1)"


def test_documents_are_marked_in_another_shape_than_codes():
    drawing = body(network(["a", "b"], [(0, 0), (1, 0)], points=[Point("Interview", 0.5, 0.5)], axes=("x", "y")))
    assert "Interview" in {part.text for part in drawing.parts if isinstance(part, Words)}
    assert None in {target.codes for target in drawing.targets}


def test_a_dendrogram_joins_further_right_the_greater_the_distance():
    joins = (Join(0, 1, 0.2, 2), Join(3, 2, 0.8, 3))
    drawing = body(Dendrogram(shown(PictureKind.DENDROGRAM, ("a", "b", "c")), joins, (0, 1, 2)))
    first, second = (part for part in drawing.parts if isinstance(part, Stroke) and len(part.points) == 4)
    assert first.points[1][0] < second.points[1][0]
    assert second.points[0] == (first.points[1][0], (first.points[0][1] + first.points[3][1]) / 2)


def test_streams_are_as_wide_as_their_counts_and_fill_their_bars():
    picture = Sankey(shown(PictureKind.SANKEY, ("a", "b", "c")), (Link(0, 1, 6, 6), Link(0, 2, 3, 3)))
    drawing = body(picture)
    wide, narrow = (part for part in drawing.parts if isinstance(part, Ribbon))
    assert (wide.bottom_a - wide.top_a) / (narrow.bottom_a - narrow.top_a) == pytest.approx(2)
    assert wide.bottom_a == pytest.approx(narrow.top_a)
    assert wide.bottom_b < narrow.top_b


def heatmap(size: int) -> Heatmap:
    counts = tuple(tuple(0 if row != column else 9 for column in range(size)) for row in range(size))
    shades = tuple(tuple(None if row == column else 0.5 for column in range(size)) for row in range(size))
    return Heatmap(shown(PictureKind.HEATMAP, tuple(f"code {n}" for n in range(size))), counts, shades)


def test_too_many_codes_for_numbers_become_a_mesh():
    assert not [part for part in body(heatmap(80)).parts if isinstance(part, Mesh)]
    assert [part for part in body(heatmap(81)).parts if isinstance(part, Mesh)]


def test_a_page_shows_each_coder_and_one_caption_where_both_have_the_same():
    one = Heatmap(shown(PictureKind.HEATMAP, ("a", "b"), "Ann"), ((1, 2), (2, 1)), ((None, 1), (1, None)))
    two = Heatmap(shown(PictureKind.HEATMAP, ("a", "b"), "Bo"), ((1, 2), (2, 1)), ((None, 1), (1, None)))
    words = [part.text for part in page([one, two]).parts if isinstance(part, Words)]
    assert words.count("How it was made.") == 1
    assert {"Ann", "Bo", "A title"} <= set(words)
    assert page([one, two]).height > page([one]).height


def test_a_warning_stands_above_the_caption_in_bold():
    picture = Plane(shown(PictureKind.MAP, ("a", "b"), warnings=("Trust the table.",)), ((0, 0), (1, 1)))
    words = [part for part in page([picture]).parts if isinstance(part, Words)]
    warning = next(part for part in words if part.text == "Trust the table.")
    assert warning.bold
    assert warning.y < next(part for part in words if part.text == "How it was made.").y


@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png"])
def test_every_format_gives_the_same_bytes_and_carries_no_date(tmp_path, suffix):
    picture = network(NAMES, [(n, n % 3) for n in range(len(NAMES))], [Link(0, 1, 1, 1)])
    for name in ("one", "two"):
        write_picture([picture], tmp_path / f"{name}{suffix}", '{"recipe":"coder-app"}')
    one = (tmp_path / f"one{suffix}").read_bytes()
    assert one == (tmp_path / f"two{suffix}").read_bytes()
    assert b"CreationDate" not in one
    assert b"dc:date" not in one


def test_estimated_widths_are_rarely_below_those_of_the_face():
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    face = FontProperties(family="DejaVu Sans")
    for text in ("Trust", "Shanghai Cooperation Organisation", "Fear of the poli…ons of the state", "MWMW", "minimum"):
        real = TextPath((0, 0), text, size=10, prop=face).get_extents().width / 72
        assert real <= width_of(text, 10) * 1.04
        assert width_of(text, 10) <= real * 1.35


@given(st.floats(0, 1))
def test_words_on_a_tile_can_be_read(share: float):
    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    ground = [round(light + (dark - light) * share) for light, dark in ((0xEE, 0x28), (0xF3, 0x4B), (0xFE, 0xB8))]
    below = luminance("#" + "".join(f"{part:02x}" for part in ground))
    low, high = sorted((below, luminance(readable_on(share))))
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_text_is_wrapped_also_where_it_has_no_spaces():
    lines = wrapped("安" * 100, 10, 2.0)
    assert "".join(lines) == "安" * 100
    assert all(width_of(line, 10) <= 2.0 for line in lines)
