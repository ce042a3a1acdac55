"""Pictures of tables for papers and slides: .svg, .pdf and .png, readable in greyscale, the same bytes each time."""

from collections.abc import Sequence
from pathlib import Path

from coder_app.domain.pictures import Picture
from coder_app.exporters.figures.bodies import body, page
from coder_app.exporters.figures.heat_page import write_heatmap
from coder_app.exporters.figures.paint import SUFFIXES, refuse_suffix, write_drawing

__all__ = ["SUFFIXES", "body", "page", "write_heatmap", "write_picture"]


def write_picture(pictures: Sequence[Picture], path: Path, recipe: str = "") -> None:
    """Draw pictures of one kind below each other on one page, in the format that the suffix of `path` names.

    Raises BadInput for another suffix, where there are no pictures, and where the disk refuses.
    """
    refuse_suffix(path)
    write_drawing(page(pictures), path, pictures[0].shown.title if pictures else "", recipe)
