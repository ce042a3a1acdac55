"""Table or picture: the row of buttons above."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton

from coder_app.domain.pictures import PictureKind
from coder_app.gui.theme import set_role
from coder_app.i18n import tr


def kind_words() -> dict[PictureKind | None, tuple[str, str]]:
    """Return what each view is called and what it shows; None is the table."""
    return {
        None: (tr("Table"), tr("The counts in the order of the codebook")),
        PictureKind.HEATMAP: (tr("Heatmap"), tr("The counts with codes that belong together side by side")),
        PictureKind.DENDROGRAM: (tr("Dendrogram"), tr("Which codes belong together, and how closely")),
        PictureKind.MAP: (tr("Map"), tr("Codes that occur together stand close")),
        PictureKind.NETWORK: (tr("Network"), tr("The strongest ties between codes")),
        PictureKind.SANKEY: (tr("Sankey"), tr("Counts as streams from codes to codes")),
        PictureKind.ENA: (tr("ENA"), tr("Epistemic network: documents by how they tie codes")),
    }


class ViewSwitch(QFrame):
    """One button is always on."""

    picked = Signal(object)
    """The PictureKind to show, None for the table."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "segmented")
        self.setAccessibleName(tr("How the table is shown"))
        self.kind: PictureKind | None = None
        self.buttons: dict[PictureKind | None, QToolButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for kind, (name, said) in kind_words().items():
            button = QToolButton(self)
            button.setText(name)
            button.setToolTip(f"{name}: {said}")  # in a small window the name is cut
            button.setAccessibleName(tr("Show as {view}", view=name))
            button.setAccessibleDescription(said)
            button.setCheckable(True)
            button.setChecked(kind is None)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _=False, kind=kind: self._pick(kind))
            group.addButton(button)
            row.addWidget(button)
            self.buttons[kind] = button

    def _pick(self, kind: PictureKind | None) -> None:
        if kind != self.kind:
            self.kind = kind
            self.picked.emit(kind)
