"""The page that checks files keeps its fields, shows refusals and repeats checks; a client records the calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.reader import EVERYBODY_HERE, Reader
from dashboard.check_result import Change, CheckedFile, SheetChanges
from dashboard.text import file_check as texts
from dashboard.uploads.cli_client import Upload
from tests.unit.dashboard.uploads.test_session import FILE, WAITS
from warehouse.arrivals import Arrival
from warehouse.errors import WriterBusy
from warehouse.feed_use import Cutoff, FeedUse, Pinned, Use

ARRIVAL = Arrival("", "a.xlsx", "347", "2024Q3", "accepted", datetime(2024, 10, 5, 8), 3, 0)
CUTOFF = Cutoff(datetime(2024, 9, 30, 23, 59, 59, 999999), datetime(2024, 10, 15), Pinned.SAMPLE)
BUSY = WriterBusy("Kho đang được ghi.", "Đợi rồi làm lại.")


@dataclass
class RecordingCli:
    """A client that returns the given results by file name, and records its calls in `calls`."""

    files: dict[str, CheckedFile]
    refusals: list[WriterBusy] = field(default_factory=list)
    calls: list[tuple[Any, ...]] = field(default_factory=list)
    landed: list[Arrival] = field(default_factory=list)
    limits: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(max_file_mb=50))
    reader: Reader = EVERYBODY_HERE
    visitor: None = None

    def check(self, file: Upload) -> CheckedFile:
        self._note("check", file.name)
        return self.files[file.name]

    def ingest(self, file: Upload) -> CheckedFile:
        self._note("ingest", file.name)
        self.landed.append(replace(ARRIVAL, feed_id=f"347-2024Q3-v{len(self.landed) + 1}"))
        return replace(self.files[file.name], feed_id=self.landed[-1].feed_id)

    def unpublished_feeds(self) -> tuple[Arrival, ...]:
        return tuple(self.landed)

    def confirm(self, file: Upload, reasons: Mapping[str, str], by: str) -> None:
        self._note("confirm", file.name, dict(reasons), by)
        self.files[file.name] = self.files[file.name].with_reasons(reasons)

    def confirm_landed(self, feed_id: str, reasons: Mapping[str, str], by: str) -> None:
        self._note("confirm", feed_id, dict(reasons), by)

    def use(self, feed_id: str) -> tuple[FeedUse, Cutoff]:
        return FeedUse(feed_id, Use.AHEAD, "2024Q4", date(2024, 10, 1), date(2024, 12, 31), feed_id, 3, 0), CUTOFF

    def build(self, on_progress: Callable[[str], object]) -> None:
        on_progress("Tính …")
        self._note("build")
        self.landed.clear()

    def _note(self, *words: Any) -> None:
        self.calls.append(words)
        if self.refusals:
            raise self.refusals.pop()


def shown(cli: RecordingCli) -> AppTest:
    """Return the page before any upload."""

    def page(cli):  # type: ignore[no-untyped-def]
        from dashboard.screens import check_file

        check_file.show(cli)

    return AppTest.from_function(page, args=(cli,)).run()


def uploaded(cli: RecordingCli) -> AppTest:
    """Return the page after uploading the files of the client."""
    app = shown(cli)
    app.file_uploader[0].set_value([(name, b"x", "application/octet-stream") for name in cli.files])
    return app.run()


def press(app: AppTest, label: str) -> AppTest:
    (button,) = (each for each in app.button if each.label == label)
    return button.click().run()


def reasons(app: AppTest) -> list[str | None]:
    return [each.value for each in app.text_input if each.label == texts.REASON]


def pages_text(app: AppTest) -> str:
    return " ".join(each.proto.body for each in app.get("html"))


def three_waiting() -> RecordingCli:
    waiting = tuple(replace(WAITS, rule=f"rule_{key}", confirmation_key=key, cell=f"Hội nghị!I{key}") for key in "123")
    return RecordingCli({"a.xlsx": replace(FILE, findings=waiting)})


def test_a_reason_stays_with_its_finding_when_the_list_moves_up() -> None:
    app = uploaded(three_waiting())
    first, second, third = (each for each in app.text_input if each.label == texts.REASON)
    first.set_value("Lý do một")
    app.text_input(key="nguoi-thuc-hien").set_value("Bình")
    press(app, texts.SAVE)
    assert reasons(app) == ["", ""]
    second, third = (each for each in app.text_input if each.label == texts.REASON)
    assert (second.key or "").endswith("-2")
    third.set_value("Lý do ba")
    press(app, texts.SAVE)
    assert reasons(app) == [""]


def test_reasons_are_sent_in_one_call_by_their_keys() -> None:
    cli = three_waiting()
    app = uploaded(cli)
    for each, text in zip([it for it in app.text_input if it.label == texts.REASON], ("một", " ", "ba"), strict=True):
        each.set_value(text)
    app.text_input(key="nguoi-thuc-hien").set_value(" Bình ")
    press(app, texts.SAVE)
    assert cli.calls[1:] == [("confirm", "a.xlsx", {"1": "một", "3": "ba"}, "Bình"), ("check", "a.xlsx")]


def test_typed_text_stays_if_reasons_are_refused() -> None:
    cli = three_waiting()
    app = uploaded(cli)
    next(each for each in app.text_input if each.label == texts.REASON).set_value("một")
    app.text_input(key="nguoi-thuc-hien").set_value("Bình")
    cli.refusals.append(BUSY)
    press(app, texts.SAVE)
    assert "Kho đang được ghi. Đợi rồi làm lại." in pages_text(app)
    assert reasons(app) == ["một", "", ""]


def test_a_refusal_disappears_with_the_next_attempt() -> None:
    cli = RecordingCli({"a.xlsx": FILE}, refusals=[BUSY])
    app = uploaded(cli)
    assert "Kho đang được ghi. Đợi rồi làm lại." in pages_text(app)
    assert cli.calls == [("check", "a.xlsx")]
    press(app, texts.CHECK_AGAIN)
    assert "Kho đang được ghi" not in pages_text(app)
    assert "nhận được cả 3 dòng" in pages_text(app)


def test_a_refused_landing_keeps_the_findings_on_the_page() -> None:
    cli = three_waiting()
    app = uploaded(cli)
    cli.refusals.append(BUSY)
    press(app, texts.TAKE_IN)
    assert "Kho đang được ghi" in pages_text(app)
    assert len(reasons(app)) == 3


def test_after_a_landing_other_files_are_rechecked_when_selected() -> None:
    cli = RecordingCli({"a.xlsx": FILE, "b.xlsx": FILE})
    app = uploaded(cli)
    assert cli.calls == [("check", "a.xlsx"), ("check", "b.xlsx")]
    press(app, texts.TAKE_IN)
    assert cli.calls[2:] == [("ingest", "a.xlsx")]
    assert texts.TO_CHECK_AGAIN in pages_text(app)
    assert "Đã nhận thành 347-2024Q3-v1" in pages_text(app)
    cli.files["b.xlsx"] = replace(FILE, previous="347-2024Q3-v1")
    app.selectbox[0].select_index(1).run()
    assert cli.calls[3:] == [("check", "b.xlsx")]
    assert texts.TO_CHECK_AGAIN not in pages_text(app)
    assert "347-2024Q3-v1" in pages_text(app)


def test_reasons_for_a_landed_file_are_stored_for_its_feed() -> None:
    cli = three_waiting()
    app = press(uploaded(cli), texts.TAKE_IN)
    next(each for each in app.text_input if each.label == texts.REASON).set_value("một")
    app.text_input(key="nguoi-thuc-hien").set_value("Bình")
    press(app, texts.SAVE)
    assert cli.calls[2:] == [("confirm", "347-2024Q3-v1", {"1": "một"}, "Bình")]
    assert len(reasons(app)) == 2
    assert "Đã ghi lý do: một" in pages_text(app)


def test_the_notice_of_an_unpublished_feed_disappears_after_the_build() -> None:
    cli = RecordingCli({"a.xlsx": FILE})
    app = press(uploaded(cli), texts.TAKE_IN)
    assert texts.uncomputed(1) in pages_text(app)
    cli.refusals.append(BUSY)
    press(app, texts.BUILD)
    assert "Kho đang được ghi" in pages_text(app)
    press(app, texts.BUILD)
    assert texts.COMPUTED in pages_text(app)
    assert "sau thời điểm số liệu (30/09/2024), nên chưa có số liệu nào của kỳ này" in pages_text(app)
    assert "Trong số liệu không có dòng nào của tệp 347-2024Q3-v1." in pages_text(app)
    assert "có tệp này" not in pages_text(app)
    assert texts.uncomputed(1) not in pages_text(app)


def test_a_new_session_lists_unpublished_feeds_and_offers_a_build() -> None:
    cli = RecordingCli({}, landed=[ARRIVAL])
    app = shown(cli)
    assert texts.uncomputed(1) in pages_text(app)
    press(app, texts.BUILD)
    assert cli.calls == [("build",)]
    assert texts.COMPUTED in pages_text(app)
    assert texts.uncomputed(1) not in pages_text(app)
    assert texts.COMPUTED not in pages_text(app.run())


def alike(count: int) -> RecordingCli:
    waiting = tuple(replace(WAITS, confirmation_key=f"k{number}") for number in range(count))
    return RecordingCli({"a.xlsx": replace(FILE, findings=waiting)})


def test_one_reason_covers_all_findings_of_a_rule_without_their_own_reason() -> None:
    cli = alike(30)
    app = uploaded(cli)
    (common,) = (each for each in app.text_input if each.label == texts.common_reason(30))
    common.set_value("Phông TCVN3")
    next(each for each in app.text_input if each.key and each.key.endswith("-k1")).set_value("Gõ nhầm")
    app.text_input(key="nguoi-thuc-hien").set_value("Bình")
    press(app, texts.SAVE)
    (_, _, given, _) = cli.calls[1]
    assert (len(given), given["k0"], given["k1"], given["k29"]) == (30, "Phông TCVN3", "Gõ nhầm", "Phông TCVN3")


def test_a_rejected_file_offers_no_landing_and_no_reason_form() -> None:
    app = uploaded(RecordingCli({"a.xlsx": replace(FILE, verdict="rejected")}))
    assert "vẫn nhận được" not in pages_text(app)
    assert reasons(app) == []
    assert texts.waiting_of_rejected(2) in pages_text(app)


def test_all_accepted_files_land_together_except_those_that_supersede_each_other() -> None:
    good = [replace(FILE, sender=name) for name in ("A", "B", "C", "C")]
    cli = RecordingCli(dict(zip(("a", "b", "c", "d"), good, strict=True)) | {"e": replace(FILE, quarantined=1)})
    app = uploaded(cli)
    assert texts.TWICE in pages_text(app)
    press(app, texts.take_all(2))
    assert [each for each in cli.calls if each[0] == "ingest"] == [("ingest", "a"), ("ingest", "b")]


@pytest.mark.parametrize("which", [0, 1])
def test_more_changes_are_shown_only_for_the_selected_file(which: int) -> None:
    changes = tuple(Change(f"P{number}", "added", None, "", "", "") for number in range(50))
    file = replace(FILE, findings=(), sheets=(SheetChanges("Kiến nghị", 50, 0, 0, 0),), changes=changes)
    app = uploaded(RecordingCli({"a.xlsx": file, "b.xlsx": file}))
    app.selectbox[0].select_index(which).run()
    press(app, texts.MORE)
    assert "Đang hiện 40 trong 50" in pages_text(app)
    app.selectbox[0].select_index(1 - which).run()
    assert "Đang hiện 20 trong 50" in pages_text(app)
    app.selectbox[0].select_index(which).run()
    assert "Đang hiện 40 trong 50" in pages_text(app)
    press(app, texts.MORE)
    assert "P49" in pages_text(app)
    assert "Đang hiện" not in pages_text(app)
