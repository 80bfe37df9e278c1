"""Downloads of data quality: findings by rule, sender and period, flags, and the checks of the build."""

from collections.abc import Sequence

from dashboard.page.explanations import Explanations
from dashboard.queries.quality import Flag, PassedCheck, RuleCount, Tally
from dashboard.render.workbook import Row, Table
from dashboard.sheets.figures import per_hundred
from dashboard.text import columns, explanations, file_check
from dashboard.text import steward as texts


def rules(found: Sequence[RuleCount]) -> Table:
    """Return the number of findings of each rule, with an example."""
    rows = [(texts.TIERS[it.tier], file_check.with_labels(it.example), it.findings, it.senders) for it in found]
    return Table(texts.RULE_COLUMNS, rows)


def tallies(name: str, found: Sequence[Tally]) -> Table:
    """Return findings and rows by sender or by period, with `name` as the header."""
    rows = [
        (file_check.label(it.name), it.feeds, it.findings, per_hundred(it.findings, it.received), it.quarantined,
         it.received)
        for it in found
    ]  # fmt: skip
    return Table((name, *columns.TALLY), rows)


def flags(found: Sequence[Flag], said: Explanations) -> Table:
    """Return integrity flags with their last explanation."""
    return Table(columns.FLAGS, [_flag(each, said) for each in found])


def _flag(flag: Flag, said: Explanations) -> Row:
    last = next(iter(said.of(flag.flag_id)), None)
    return (
        texts.EXPLAINED if said.is_explained(flag.flag_id) else texts.OPEN,
        flag.name,
        flag.unit_name,
        flag.flagged_on,
        file_check.with_labels(flag.detail),
        flag.subject_id,
        flag.feed_id,
        *((explanations.in_words(last.text), last.author, last.written_at) if last else (None, None, None)),
    )


def checks(found: Sequence[PassedCheck]) -> Table:
    """Return the checks that the published data passed."""
    rows = [
        (texts.check(it.suite, it.description, it.examined), texts.suite(it.suite), texts.table(it.examined),
         it.rows_examined)
        for it in found
    ]  # fmt: skip
    return Table(texts.SUITE_COLUMNS, rows)
