"""The themes: complete, readable, applied; and the icons that take their colours."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from string import Template

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from coder_app.bundled import bundled
from coder_app.domain.palette import PALETTE
from coder_app.gui.theme import THEMES, Theme, ThemeSource, apply_theme, contrast, icon, load_theme, mix, set_role
from coder_app.gui.theme.fonts import add_bundled_fonts, interface_font, text_font
from coder_app.gui.theme.look import style_sheet
from coder_app.gui.theme.values import readable_on

SURFACES = ("background", "panel", "paper", "selection", "hover")
WORDS = ("ink", "muted", "accent", "warning", "error", "success")


@pytest.fixture
def plain_app(qapp: QApplication) -> Iterator[QApplication]:
    before = qapp.palette(), qapp.styleSheet(), qapp.font()
    yield qapp
    qapp.setPalette(before[0])
    qapp.setStyleSheet(before[1])
    qapp.setFont(before[2])


@pytest.mark.parametrize("name", THEMES)
def test_every_role_has_a_valid_colour_in_every_theme(name: str):
    theme = load_theme(name)
    for field in fields(Theme):
        value = getattr(theme, field.name)
        assert not isinstance(value, QColor) or value.isValid(), field.name
    assert len(list((bundled("resources") / "themes").glob("*.toml"))) == len(THEMES)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("word", WORDS)
def test_words_keep_four_and_a_half_to_one_on_every_surface(name: str, surface: str, word: str):
    theme = load_theme(name)
    assert contrast(getattr(theme, word), getattr(theme, surface)) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_text_stays_readable_when_it_is_selected_found_or_highlighted(name: str):
    theme = load_theme(name)
    for ground in (theme.text_selection, theme.hit, theme.hit_current):
        assert contrast(theme.ink, ground) >= 4.5
    for colour in (*PALETTE, "#ffff00", "#ffffff", "#000000"):
        assert contrast(theme.ink, mix(QColor(colour), theme.paper, theme.tint)) >= 4.5, colour
    assert contrast(theme.on_accent, theme.accent) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_a_heat_scale_is_readable_at_both_ends(name: str):
    theme = load_theme(name)
    for ground in (theme.heat_low, mix(theme.heat_high, theme.heat_low, 0.5), theme.heat_high):
        assert contrast(readable_on(ground, theme), ground) >= 4.5


def test_contrast_agrees_with_the_published_extremes():
    black, white = QColor(0, 0, 0), QColor(255, 255, 255)
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, white) == 1
    assert contrast(QColor(0x76, 0x76, 0x76), white) == pytest.approx(4.54, abs=0.01)


def test_a_theme_that_is_not_there_is_an_error():
    with pytest.raises(OSError, match="sepia"):
        load_theme("sepia")


def test_type_grows_with_the_text_scale_and_distances_do_not():
    usual, large = load_theme("light").sizes, load_theme("light", 1.5).sizes
    assert (large.text, large.interface) == (26, 20)
    assert (large.wide, large.tight) == (usual.wide, usual.tight)


@pytest.mark.parametrize("name", THEMES)
def test_the_palette_is_applied(plain_app: QApplication, name: str):
    theme = load_theme(name)
    apply_theme(plain_app, theme)
    assert plain_app.palette().color(QPalette.ColorRole.Base) == theme.paper
    assert plain_app.palette().color(QPalette.ColorRole.Text) == theme.ink
    assert plain_app.palette().color(QPalette.ColorRole.PlaceholderText).rgb() == theme.muted.rgb()
    assert theme.accent.name() in plain_app.styleSheet()
    assert plain_app.font().pixelSize() == theme.sizes.interface


@pytest.mark.parametrize("name", THEMES)
def test_no_role_of_the_style_sheet_stays_unfilled(name: str):
    filled = style_sheet(load_theme(name))
    assert "$" not in filled
    template = (bundled("resources") / "themes" / "window.qss").read_text(encoding="utf-8")
    assert "#" not in template
    assert len(Template(template).get_identifiers()) > 15


def test_a_role_changes_how_a_label_looks(plain_app: QApplication, qtbot):
    theme = load_theme("light")
    apply_theme(plain_app, theme)
    label = QLabel("Sources")
    qtbot.addWidget(label)
    label.ensurePolished()
    assert label.palette().color(QPalette.ColorRole.WindowText) == theme.ink
    set_role(label, "label")
    assert label.palette().color(QPalette.ColorRole.WindowText) == theme.muted
    assert label.font().pixelSize() == theme.sizes.label


def test_a_source_tells_when_the_theme_changes_and_only_then(plain_app: QApplication, qtbot):
    source = ThemeSource(plain_app, "light")
    heard: list[Theme] = []
    source.changed.connect(heard.append)
    source.choose("light")
    source.choose("dark")
    assert [theme.name for theme in heard] == ["Dark"]
    assert source.theme.is_dark
    assert source.choice == "dark"
    with pytest.raises(OSError, match="sepia"):
        source.choose("sepia")
    assert source.choice == "dark"
    source.deleteLater()


def test_a_source_follows_the_system_when_asked_to(plain_app: QApplication):
    source = ThemeSource(plain_app)
    dark = plain_app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert source.theme.is_dark == dark
    source.deleteLater()


def test_every_icon_is_drawn_in_the_colour_of_the_theme(qapp: QApplication):
    drawings = sorted((bundled("resources") / "icons").glob("*.svg"))
    assert drawings
    for drawing in drawings:
        for name in ("light", "dark"):
            theme = load_theme(name)
            image = icon(drawing.stem, theme).pixmap(24, 24).toImage()
            inked = {image.pixelColor(x, y).rgb() for x in range(image.width()) for y in range(image.height())}
            assert theme.ink.rgb() in inked, drawing.stem


def test_an_icon_that_cannot_be_used_is_paler(qapp: QApplication):
    theme = load_theme("light")
    made = icon("undo", theme)
    usual = made.pixmap(24, 24, QIcon.Mode.Normal).toImage()
    assert made.pixmap(24, 24, QIcon.Mode.Disabled).toImage() != usual


def test_the_text_face_is_noto_serif_and_its_licence_lies_beside_it(qapp: QApplication):
    add_bundled_fonts()
    assert QFontDatabase.hasFamily("Noto Serif")
    assert text_font(17).pixelSize() == 17
    assert text_font(17, "Georgia").families()[0] == "Georgia"
    folder: Path = bundled("resources") / "fonts"
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")
    assert sum(font.stat().st_size for font in folder.glob("*.ttf")) < 1_500_000


def test_figures_are_of_equal_width_in_the_interface(qapp: QApplication):
    assert [bytes(tag.toString()) for tag in interface_font(13).featureTags()] == [b"tnum"]
