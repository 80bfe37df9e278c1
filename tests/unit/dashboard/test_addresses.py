"""Requests for unknown URLs are redirected to a page that says so; requests for assets are not."""

import pytest

from dashboard.addresses import is_lost

HTML = [(b"accept", b"text/html,application/xhtml+xml,*/*;q=0.8")]


@pytest.mark.parametrize("path", ["/foo", "/foo/bar", "/cap-va-don-vi/xyz", "//x", "/tong-quan/a/b", "/Cap-Va-Don-Vi"])
def test_unknown_and_nested_paths_are_redirected(path: str) -> None:
    assert is_lost({"type": "http", "method": "GET", "path": path, "headers": HTML})


@pytest.mark.parametrize(
    "path",
    ["/", "/cap-va-don-vi", "/cap-va-don-vi/", "/tong-quan", "/kiem-tra-tep", "/khong-co-trang", "/media/a.xlsx"],
)
def test_pages_and_downloads_are_served(path: str) -> None:
    assert not is_lost({"type": "http", "method": "GET", "path": path, "headers": HTML})


def test_assets_are_served_by_streamlit() -> None:
    assert not is_lost({"type": "http", "method": "GET", "path": "/static/js/a.js", "headers": HTML})
    assert not is_lost({"type": "http", "method": "GET", "path": "/favicon.png", "headers": [(b"accept", b"image/*")]})
    assert not is_lost({"type": "websocket", "path": "/foo/_stcore/stream", "headers": []})
    assert not is_lost({"type": "http", "method": "POST", "path": "/foo", "headers": HTML})
