"""People's own words where Qt would read markup or underline a letter: in tooltips, menus and buttons."""

from PySide6.QtGui import Qt


def plain_tip(text: str) -> str:
    """Return `text` for a tooltip, so that it is shown as it stands even if it looks like markup."""
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text


def plain_label(text: str) -> str:
    """Return `text` for a menu or a button, where a single "&" would underline the letter behind it."""
    return text.replace("&", "&&")
