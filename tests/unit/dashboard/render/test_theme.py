"""The theme: what is told in grey can still be read."""

import pytest

from dashboard.render import theme


def luminance(colour: str) -> float:
    """As WCAG 2 defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("ground", [theme.PAPER, theme.PANEL])
@pytest.mark.parametrize("ink", [theme.INK, theme.MUTED, theme.FAINT])
def test_every_ink_stands_out_from_every_ground(ink: str, ground: str) -> None:
    assert (luminance(ground) + 0.05) / (luminance(ink) + 0.05) >= 4.5
