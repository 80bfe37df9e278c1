"""The check results of a session are valid until a landing or a reason may have changed them."""

from dataclasses import replace

from dashboard.check_result import CheckedFile, Finding
from dashboard.uploads.session import Uploads

WAITS = Finding("warn", "notice_after_dialogue", "Hội nghị", "Hội nghị!I2", 2, "Ngày báo", "notice_on", "", "…", "…",
                needs_reason=True, confirmation_key="k1")  # fmt: skip
FILE = CheckedFile(
    name="a.xlsx", verdict="accepted", feed_id=None, rows=3, quarantined=0, sender="Phủ Lý", period="2024Q3",
    prepared_by="", previous=None, findings=(WAITS, replace(WAITS, confirmation_key="k2")), fixed=(), blocks=(),
    sheets=(), changes=(), return_workbook=None, return_name="",
)  # fmt: skip
OTHER = replace(FILE, name="b.xlsx", sender="Kim Bảng")
LANDED = replace(FILE, feed_id="347-2024Q3-v1")


def test_a_landing_invalidates_the_results_of_other_files() -> None:
    known = Uploads({"a": FILE, "b": OTHER, "c": "Quá lâu"}).with_landed("a", LANDED)
    assert known == Uploads({"a": FILE, "b": None, "c": None}, {"a": LANDED})
    again = known.with_result("b", OTHER).with_landed("b", replace(OTHER, feed_id="349-2024Q3-v1"))
    assert again.results == {"a": FILE, "b": OTHER, "c": None}


def test_published_figures_contain_the_feeds_landed_by_then() -> None:
    known = Uploads({"a": FILE, "b": OTHER}).with_landed("a", LANDED).with_build()
    assert known.published == {"a"}
    assert known.with_result("b", OTHER).with_landed("b", replace(OTHER, feed_id="349-2024Q3-v1")).published == {"a"}
    assert known.only(["b"]).published == frozenset()


def test_a_reason_holds_for_every_file_of_its_sender() -> None:
    known = Uploads({"a": FILE, "b": FILE, "c": OTHER, "d": "Quá lâu"}, {"a": LANDED}).with_reasons(
        "Phủ Lý", {"k1": "Đúng"}
    )
    landed = known.results["a"]
    assert isinstance(landed, CheckedFile)
    assert [(each.reason, each.waits) for each in landed.findings] == [("Đúng", False), (None, True)]
    assert (known.results["b"], known.results["c"], known.results["d"]) == (None, OTHER, "Quá lâu")


def test_the_results_of_a_removed_file_are_deleted() -> None:
    assert Uploads({"a": FILE, "b": OTHER}, {"a": LANDED}).only(["b"]) == Uploads({"b": OTHER})


def test_findings_of_one_rule_form_one_question_and_findings_of_one_key_share_a_reason() -> None:
    file = replace(FILE, findings=(*FILE.findings, replace(WAITS, cell="Hội nghị!I9"), replace(WAITS, rule="other")))
    notice, other = file.questions
    assert [[each.cell for each in answer] for answer in notice.answers] == [
        ["Hội nghị!I2", "Hội nghị!I9"],
        ["Hội nghị!I2"],
    ]
    assert (notice.keys, other.rule, other.keys) == (("k1", "k2"), "other", ("k1",))


def test_files_that_supersede_each_other_are_named_and_not_landed_together() -> None:
    known = Uploads({"a": FILE, "b": FILE, "c": OTHER, "d": replace(OTHER, period="2024Q4", quarantined=2), "e": None})
    assert known.twins() == {"a", "b"}
    assert known.clean() == ("c",)
    assert known.with_landed("a", LANDED).twins() == frozenset()
