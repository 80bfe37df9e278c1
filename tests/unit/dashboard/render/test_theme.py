"""The theme: every text colour is legible, and every colour of the style sheet is defined."""

import re

import pytest

from dashboard.render import colours, theme


def luminance(colour: str) -> float:
    """The relative luminance, as WCAG 2 defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("ground", [colours.PAPER, colours.PANEL])
@pytest.mark.parametrize("ink", [colours.INK, colours.MUTED, colours.FAINT])
def test_every_text_colour_contrasts_with_every_background(ink: str, ground: str) -> None:
    assert (luminance(ground) + 0.05) / (luminance(ink) + 0.05) >= 4.5


def test_every_colour_variable_of_the_style_sheet_is_defined() -> None:
    sheet = theme.style_sheet()
    used, defined = set(re.findall(r"var\(--([a-z-]+)\)", sheet)), set(re.findall(r"--([a-z-]+):#", sheet))
    assert used <= defined
