"""Show how a version of a feed differs from the previous one."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Protocol

from doithoai.terminal import Terminal
from ingest.contract import load
from ingest.findings.messages import day_shown
from ingest.model.findings import Finding, Tier
from ingest.model.received import SheetKind

if TYPE_CHECKING:
    from ingest.checking.version_diff import Changes

MAX_SHOWN = 40
"""The most changes listed on screen; the number of further ones is shown, and `--json` has all."""


class Compared(Protocol):
    """A check result compared with the previous version."""

    @property
    def findings(self) -> Sequence[Finding]: ...
    @property
    def previous(self) -> str | None: ...
    @property
    def fixed(self) -> tuple[Finding, ...]: ...
    @property
    def changes(self) -> "Changes | None": ...


def show_versions(terminal: Terminal, outcome: Compared) -> None:
    """Show the findings fixed since the previous version, and the rows that differ from the last accepted version."""
    if outcome.fixed:
        terminal.say("feed.fixed", count=len(outcome.fixed), previous=outcome.previous)
        shown = [(each.cell, day_shown(each.value), each.message) for each in outcome.fixed[:MAX_SHOWN]]
        terminal.table([terminal.text(f"feed.{key}") for key in ("place", "value", "rule")], shown)
        _more(terminal, len(outcome.fixed))
    if outcome.changes and not outcome.changes.sheets:
        terminal.say("feed.unchanged", previous=outcome.changes.previous_feed_id)
    elif outcome.changes:
        _show_changes(terminal, outcome.changes, outcome.findings)


def _show_changes(terminal: Terminal, changes: "Changes", findings: Sequence[Finding]) -> None:
    terminal.say("feed.changes", previous=changes.previous_feed_id)
    kinds = ("added", "changed", "withdrawn", "set_aside")
    counts = [(each.sheet, *(str(getattr(each, kind)) for kind in kinds)) for each in changes.sheets]
    terminal.table([terminal.text("feed.sheet"), *(terminal.text(f"feed.{kind}") for kind in kinds)], counts)
    errors = _errors(findings)
    lines = [_line(terminal, changes, row, errors) for row in changes.rows.slice(0, MAX_SHOWN).to_pylist()]
    terminal.table([terminal.text(f"feed.{key}") for key in ("place", "row", "column", "before", "after")], lines)
    _more(terminal, changes.rows.num_rows)


def _more(terminal: Terminal, count: int) -> None:
    if count > MAX_SHOWN:
        terminal.say("feed.more_lines", count=count - MAX_SHOWN)


def _errors(findings: Sequence[Finding]) -> dict[tuple[str, str], str]:
    """Return the error messages of each quarantined row, by sheet and row key."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in findings:
        if each.tier is Tier.ROW:
            found.setdefault((each.sheet_kind, each.row_key), []).append(each.message)
    return {row: " ".join(dict.fromkeys(messages)) for row, messages in found.items()}


def _line(
    terminal: Terminal, changes: "Changes", row: Mapping[str, Any], errors: Mapping[tuple[str, str], str]
) -> tuple[str, str, str, str, str]:
    """Return a line of the table of changes; the last cell of a row that is now quarantined is its error."""
    place = row["cell"] or load.load().sheets[SheetKind(row["sheet_kind"])].name
    if row["field"] is None:
        error = errors.get((row["sheet_kind"], row["row_key"]), "") if row["change"] == "set_aside" else ""
        return place, row["row_key"], f"[{terminal.text('feed.' + row['change'])}]", "", error
    before, after = (changes.shown(row["sheet_kind"], row["field"], row[side]) for side in ("before", "after"))
    return place, row["row_key"], _header(row), before or "–", after or "–"


def _header(row: Mapping[str, Any]) -> str:
    return load.load().sheets[SheetKind(row["sheet_kind"])].column(row["field"]).header


def changes_json(changes: "Changes | None") -> dict[str, object] | None:
    """Return all changes as JSON values: counts by sheet, and every change with its header and display values."""
    if changes is None:
        return None
    return {
        "previous_feed_id": changes.previous_feed_id,
        "sheets": [asdict(each) for each in changes.sheets],
        "rows": [row | _words(changes, row) for row in changes.rows.to_pylist()],
    }


def _words(changes: "Changes", row: Mapping[str, Any]) -> dict[str, str]:
    if row["field"] is None:
        return {"header": "", "before_shown": "", "after_shown": ""}
    shown = {f"{side}_shown": changes.shown(row["sheet_kind"], row["field"], row[side]) for side in ("before", "after")}
    return {"header": _header(row), **shown}
