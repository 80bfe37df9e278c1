"""A label that Streamlit reads as Markdown shows a file name as it is."""

from markdown_it import MarkdownIt

from dashboard.page.elements import literal
from tests.hostile_texts import HTML, MARKDOWN


def test_markdown_is_shown_as_text() -> None:
    markdown = MarkdownIt("commonmark").enable("table")
    for text in (*HTML, *MARKDOWN):
        (line,) = text.splitlines()[:1]
        (inline,) = [token for token in markdown.parse(literal(f"Đang kiểm tra {line}")) if token.type == "inline"]
        assert {child.type for child in inline.children or ()} <= {"text", "text_special"}
        assert "".join(child.content for child in inline.children or ()) == f"Đang kiểm tra {line}"


def test_marks_of_streamlit_lose_their_meaning() -> None:
    assert literal(":red[x] $y$ www.a.b") == r"\:red\[x\] \$y\$ www\.a\.b"
