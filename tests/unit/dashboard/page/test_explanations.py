"""Explanations of flags are stored and withdrawn with their full history; only those of visible flags are shown."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

import warehouse.home
from dashboard.access.reader import EVERYBODY_HERE
from dashboard.access.visitor import Visitor
from dashboard.filters import View
from dashboard.page.explanations import Explanations, explain, explanations_of
from dashboard.queries.quality import Flag
from dashboard.text import explanations, labels
from dashboard.text import steward as texts
from warehouse.state import known_state

NOON, LATER = datetime(2024, 10, 5, 12), datetime(2024, 10, 6, 9)


def flag(flag_id: str) -> Flag:
    code = flag_id.partition("|")[2]
    return Flag(flag_id, "gone", "Mất khỏi báo cáo", "warn", "petition", code, "347", "Phủ Lý", None, "…", "")


SEEN, OTHER = flag("gone|P1"), flag("gone|P2")
SELECTED = View(flag="gone|P1")


@pytest.fixture
def visitor(tmp_path: Path) -> Visitor:
    times = iter((NOON, NOON, LATER, LATER))  # of an explanation and its line in the audit log
    return Visitor(warehouse.home.create(tmp_path / "home"), lambda: next(times))


def test_an_explanation_is_valid_until_it_is_withdrawn(visitor: Visitor) -> None:
    explain(visitor, "gone|P1", "Ghi trùng", "Bình")
    assert explanations_of(visitor, [SEEN]).is_explained("gone|P1")
    explain(visitor, "gone|P1", "", "Hoa")
    explanations = explanations_of(visitor, [SEEN])
    assert not explanations.is_explained("gone|P1")
    assert [(each.text, each.author) for each in explanations.of("gone|P1")] == [("", "Hoa"), ("Ghi trùng", "Bình")]
    assert [each.text for each in explanations.newest(1)] == [""]


def test_explanations_of_hidden_flags_are_not_returned(visitor: Visitor) -> None:
    explain(visitor, "gone|P1", "Ghi trùng", "Bình")
    explain(visitor, "gone|P2", "Đã chuyển", "Hoa")
    explanations = explanations_of(visitor, [SEEN])
    assert explanations.by_flag.keys() == {"gone|P1"}
    assert [each.text for each in explanations.newest(5)] == ["Ghi trùng"]


def test_without_access_there_are_no_explanations() -> None:
    assert explanations_of(None, [SEEN]) == Explanations()


def drawn(visitor: Visitor, flags: Sequence[Flag] = (SEEN,), view: View = SELECTED) -> AppTest:
    """Draw the flags that a reader sees."""

    def script(page, flags):  # type: ignore[no-untyped-def]
        from dashboard.components import flag_views
        from dashboard.page.explanations import explanations_of

        flag_views.all_flags(page, flags, explanations_of(page.visitor, flags))

    info = SimpleNamespace(as_of=datetime(2024, 9, 30), snapshot_id="s1")
    page = SimpleNamespace(
        visitor=visitor,
        view=view,
        shared=View,
        title=labels.DATA_QUALITY,
        info=info,
        province="35",
        reader=EVERYBODY_HERE,
        name=lambda _: "Hà Nam",
    )
    return AppTest.from_function(script, args=(page, flags)).run()


def press(app: AppTest, label: str) -> AppTest:
    (button,) = (each for each in app.button if each.label == label)
    return button.click().run()


def pages_text(app: AppTest) -> str:
    return " ".join(each.proto.body for each in app.get("html"))


def test_the_page_offers_to_withdraw_an_explanation(visitor: Visitor) -> None:
    app = drawn(visitor)
    assert explanations.TAKE_BACK not in [each.label for each in app.button]
    app.text_area[0].set_value("Ghi trùng")
    app.text_input[0].set_value("Bình")
    press(app, texts.SAVE)
    assert pages_text(app).count("Bình (tự ghi tên), 12:00 05/10/2024: Ghi trùng") == 2, (
        "at its flag, and among the newest"
    )
    assert (app.text_area[0].value, app.text_input[0].value) == ("", "")
    press(app, explanations.TAKE_BACK)
    assert explanations.AUTHOR_OWED in pages_text(app)
    app.text_input[0].set_value("Hoa")
    press(app, explanations.TAKE_BACK)
    assert f"Hoa (tự ghi tên), 09:00 06/10/2024: {texts.TAKEN_BACK}" in pages_text(app)
    assert "Ghi trùng" in pages_text(app)
    assert explanations.TAKE_BACK not in [each.label for each in app.button]
    with known_state(visitor.home) as state:
        assert [each.text for each in state.explanations()["gone|P1"]] == ["", "Ghi trùng"]


def test_a_selected_flag_stays_selected_when_it_moves_to_a_later_page(visitor: Visitor) -> None:
    app = drawn(visitor, [flag(f"gone|P{number}") for number in range(60)], View(flag="gone|P3"))
    app.text_area[0].set_value("Ghi trùng")
    app.text_input[0].set_value("Bình")
    press(app, texts.SAVE)
    assert "Giải trình cho: Mất khỏi báo cáo – P3" in pages_text(app)
    app.text_input[0].set_value("Hoa")
    press(app, explanations.TAKE_BACK)
    assert not explanations_of(visitor, [flag("gone|P3")]).is_explained("gone|P3")


def test_flags_that_need_no_explanation_are_linked_and_pages_keep_the_code(visitor: Visitor) -> None:
    known = [replace(flag(f"rest|P{number}"), code="rest", name="Ngày nghỉ", severity="info") for number in range(60)]
    owed = drawn(visitor, [SEEN, *known], View())
    assert pages_text(owed).count("<tr>") == 1 + 1
    assert "dau-hieu" in pages_text(owed), "a row leads to the place where it is explained"
    assert "ma=rest" in pages_text(owed)
    kind = pages_text(drawn(visitor, [SEEN, *known], View(code="rest")))
    assert "Trang 1/3, 60 dấu hiệu." in kind
    assert "?ma=rest&amp;trang=2" in kind


def test_without_a_selected_flag_there_is_no_form(visitor: Visitor) -> None:
    assert len(drawn(visitor, view=View()).text_area) == 0


def test_typed_text_stays_if_a_required_entry_is_missing(visitor: Visitor) -> None:
    app = drawn(visitor)
    app.text_area[0].set_value("Ghi trùng")
    press(app, texts.SAVE)
    assert texts.EXPLANATION_OWED in pages_text(app)
    assert app.text_area[0].value == "Ghi trùng"


def test_the_newest_explanations_of_others_are_not_shown(visitor: Visitor) -> None:
    explain(visitor, "gone|P2", "Đã chuyển", "Hoa")
    assert "Đã chuyển" not in pages_text(drawn(visitor))
    assert "Hoa" not in pages_text(drawn(visitor))
