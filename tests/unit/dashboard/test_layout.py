"""What every page has, as far as it can be said without a screen."""

from dashboard import layout


def test_a_table_shows_whole_rows() -> None:
    assert layout.frame_height(2, 560) == layout.HEADER_HEIGHT + 2 * layout.ROW_HEIGHT
    assert layout.frame_height(500, 560) == layout.HEADER_HEIGHT + 17 * layout.ROW_HEIGHT
