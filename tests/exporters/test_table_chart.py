"""Pictures of tables of codes: what is drawn, what is left out, what is said."""

import pytest

from coder_app.domain.errors import BadInput
from coder_app.domain.table import Column, Kind, Table
from coder_app.exporters.figures.drawing import Box, Mesh, Words
from coder_app.exporters.figures.table_chart import table_drawing, write_table_chart

SAID = {"coders": "merged"}


def table(ids, rows, **settings):
    return Table("A table", tuple(Column(one, one, Kind.COUNT) for one in ids.split()), tuple(rows), SAID | settings)


def matrix(codes, columns):
    rows = [("merged", "code", f"c{n}", *range(columns), columns, f"id{n}") for n in range(codes)]
    rows.append(("merged", "any code", None, *range(columns), columns, None))
    names = " ".join(f"s{n}" for n in range(columns))
    return table(f"coders row code {names} all code_id", rows, cell="codings")


def words(drawing):
    return [part.text for part in drawing.parts if isinstance(part, Words)]


def filled(drawing):
    return [part for part in drawing.parts if isinstance(part, Box) and isinstance(part.fill, float)]


def test_tiles_show_the_body_in_colour_and_the_totals_without():
    drawing = table_drawing("codes-sources", matrix(2, 3))
    assert len(filled(drawing)) == 2 * 2  # a zero has no tile
    assert {"c0", "c1", "any code", "s2", "A table"} <= set(words(drawing))
    assert "Cells: codings. Coders: all coders together." in words(drawing)


def test_a_large_matrix_is_a_mesh_and_says_what_is_left_out():
    drawing = table_drawing("codes-sources", matrix(200, 70))
    assert any(isinstance(part, Mesh) for part in drawing.parts)
    assert any("Only the first rows" in one for one in words(drawing))


def test_a_row_per_cell_has_no_picture():
    with pytest.raises(BadInput, match="choose one measure"):
        table_drawing("codes-sources", table("coders code column codings", [("merged", "c", "s", 1)]))
    with pytest.raises(BadInput, match="nothing to draw"):
        table_drawing("uncoded", table("coders source", []))


def test_bars_are_as_long_as_the_numbers():
    rows = [("merged", "A", 4), ("merged", "B", 0), ("merged", "C", 8)]
    drawing = table_drawing("frequencies", table("coders code codings", rows))
    long, short = filled(drawing)
    assert long.width == 2 * short.width
    assert "B" not in words(drawing)


def test_strips_put_pieces_in_their_places():
    ids = "coders source characters share once twice more source_id"
    rows = [("merged", "S", 100, 0.5, 40, 10, 0, "s")]
    drawing = table_drawing("coverage", table(ids, rows), {"merged\ts": [(50, 60, 2), (60, 100, 1)]})
    outline = next(part for part in drawing.parts if isinstance(part, Box) and part.fill is None)
    first, second = (part for part in filled(drawing) if part.edge is None)
    assert first.x == pytest.approx(outline.x + outline.width / 2)
    assert second.x + second.width == pytest.approx(outline.x + outline.width)
    assert first.fill > second.fill
    assert "50.0 %" in words(drawing)


def test_the_curve_marks_the_run_that_reached_saturation():
    ids = "coders position source new cumulative reached"
    rows = [("merged", n + 1, f"S{n}", new, 5, "2+1" if n == 2 else None) for n, new in enumerate([3, 2, 0, 0])]
    drawing = table_drawing("saturation", table(ids, rows, base_size="2", run_length="1", result="Reached."))
    (run,) = (part for part in drawing.parts if isinstance(part, Box) and part.dashed and part.height > 1)
    base = next(part for part in drawing.parts if isinstance(part, Box) and part.height > 1 and not part.dashed)
    assert run.x == pytest.approx(base.x + base.width)
    assert run.width == pytest.approx(base.width / 2)
    assert any("Reached." in one for one in words(drawing))


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_pictures_are_written_the_same_each_time(tmp_path, suffix):
    rows = [("merged", "$5 & <more>", 4)]
    for n in (1, 2):
        write_table_chart("frequencies", table("coders code codings", rows), tmp_path / f"{n}{suffix}")
    assert (tmp_path / f"1{suffix}").read_bytes() == (tmp_path / f"2{suffix}").read_bytes()


def test_another_suffix_is_refused(tmp_path):
    with pytest.raises(BadInput, match="a picture can be written as"):
        write_table_chart("frequencies", table("coders code codings", [("m", "a", 1)]), tmp_path / "a.gif")


def test_effects_are_bars_and_what_is_undefined_is_said():
    rows = [("m", "A", 0.5, 0.01, 0.02, "rho"), ("m", "B", -0.25, 0.4, 0.4, "rho"), ("m", "C", None, None, None, "rho")]
    drawing = table_drawing("codes-variable", table("coders code effect p q effect_name", rows))
    first, second = (part for part in filled(drawing) if part.height > 0.15)
    assert first.width == pytest.approx(2 * second.width)
    assert {".50 · p .010 · q .020", "rho, negative", "1 code is undefined (no variation)."} <= set(words(drawing))
