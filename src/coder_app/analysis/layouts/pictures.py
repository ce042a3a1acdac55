"""Every picture of a block by its kind."""

from collections.abc import Callable, Mapping

from coder_app.analysis.block import Block
from coder_app.analysis.how import Counting
from coder_app.analysis.layouts.clustering import dendrogram, heatmap
from coder_app.analysis.layouts.ena import ena
from coder_app.analysis.layouts.flows import sankey
from coder_app.analysis.layouts.forces import network
from coder_app.analysis.layouts.material import Choices, material
from coder_app.analysis.layouts.scaling import mds_map
from coder_app.domain.pictures import Picture, PictureKind
from coder_app.domain.tree import CodeTree


def picture(
    kind: PictureKind,
    block: Block,
    how: Counting,
    tree: CodeTree,
    choices: Choices,
    by_document: Callable[[], Mapping[str, Block]],
) -> Picture:
    """Return a picture of a block. `by_document` gives the block within each document, by name, when asked.

    Raises BadInput where there is too little to draw.
    """
    given = material(block, how, tree)
    match kind:
        case PictureKind.HEATMAP:
            return heatmap(given, choices)
        case PictureKind.DENDROGRAM:
            return dendrogram(given)
        case PictureKind.MAP:
            return mds_map(given)
        case PictureKind.NETWORK:
            return network(given, choices)
        case PictureKind.SANKEY:
            return sankey(given, choices)
        case PictureKind.ENA:
            return ena(given, by_document())
