"""The faces of the window: the system's own for the interface, a serif for what is read."""

from PySide6.QtGui import QFont, QFontDatabase

from coder_app.bundled import bundled

TEXT_FAMILIES = ("Noto Serif", "Source Serif 4", "Charter", "Georgia", "DejaVu Serif", "serif")
_TABULAR = "tnum"


def add_bundled_fonts() -> None:
    """Make the bundled Noto Serif known where the machine has none; needs a QGuiApplication."""
    if QFontDatabase.hasFamily(TEXT_FAMILIES[0]):
        return
    for path in sorted((bundled("resources") / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def interface_font(pixels: int) -> QFont:
    """Return the system's interface font with figures of equal width, so that counts line up."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPixelSize(pixels)
    font.setFeature(QFont.Tag(_TABULAR), 1)
    return font


def text_font(pixels: int, family: str = "") -> QFont:
    """Return the face for texts of sources: `family` if given, else Noto Serif or a serif near to it."""
    font = QFont()
    font.setFamilies([family, *TEXT_FAMILIES] if family else list(TEXT_FAMILIES))
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPixelSize(pixels)
    return font
