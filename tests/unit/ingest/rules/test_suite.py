"""The suite of a sheet has no expectations that cannot fail."""

from datetime import datetime

from ingest.contract.load import load
from ingest.model.received import SheetKind
from ingest.rules.suite import Suite, derive_suite, suite_words


def suite_of(kind: SheetKind) -> Suite:
    contract = load().sheets[kind]
    return derive_suite(
        contract, [column.field for column in contract.columns], suite_words(None, datetime(2024, 10, 5))
    )


def test_only_rules_about_absent_problems_are_omitted() -> None:
    suite = suite_of(SheetKind.PETITIONS)
    about_problems = {each.id for each in suite.expectations if each.id.startswith("not_a_date:")}
    kept = {each.id for each in suite.can_find({"due_on": {"not_a_date"}})}
    assert about_problems & kept == {"not_a_date:due_on"}
    left_out = [each for each in suite.expectations if each.id not in kept]
    assert left_out
    assert {each.kwargs["column"].partition("__")[2] for each in left_out} == {"problem"}


def test_a_sheet_with_every_problem_has_the_full_suite() -> None:
    suite = suite_of(SheetKind.DIALOGUES)
    columns = load().sheets[SheetKind.DIALOGUES].columns
    problems = {value for each in suite.expectations for value in each.kwargs.get("value_set", ())}
    assert suite.can_find({column.field: problems for column in columns}) == suite.expectations
