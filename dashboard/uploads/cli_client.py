"""Call the command line in a child process: check, ingest and confirm uploaded files, build the figures.

The dashboard's own process never opens a file that a sender wrote. Uploaded bytes are written to a private folder for
the duration of the call. The child writes JSON to stdout; if it fails, stderr has a user-facing message.
"""

import json
import logging
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from dashboard.access.reader import EVERYBODY_HERE, Reader
from dashboard.access.visitor import Visitor
from dashboard.check_result import CheckedFile, Finding, parse_check, parse_findings
from dashboard.text import file_check as texts
from dashboard.uploads.unpublished_feeds import sender_of, visible_feeds
from warehouse.access.audit import Action
from warehouse.access.roles import Right
from warehouse.arrivals import Arrival
from warehouse.errors import UsageError
from warehouse.feed_use import Cutoff, FeedUse
from warehouse.home import Home
from warehouse.published_feeds import feed_use
from warehouse.settings import Limits

ROOT = Path(__file__).resolve().parents[2]
ANSWER_CODES = (0, 1)
"""Exit codes with a JSON answer: done, and rejected."""

MESSAGE_CODES = (1, 2, 3, 4)
"""Exit codes whose stderr is a user-facing message. Any other code is an internal error and is logged."""

EXTRA_SECONDS = 60
"""Seconds that a call may take in addition to the time limit for reading a file."""

BUILD_SECONDS = 1800
PROGRESS = "…"
"""The end of a progress message."""

LONGEST_STEM, LONGEST_SUFFIX = 180, 16
"""Bytes of a file name; of the 255 allowed, the return workbook needs `.<stem>-tra-lai.xlsx.<pid>.tmp`."""


@dataclass(frozen=True)
class Upload:
    """An uploaded file; its name and its bytes are not trusted."""

    name: str
    data: bytes


@dataclass(frozen=True)
class FeedReasons:
    """The findings of a feed that need a reason: those still waiting, and those explained."""

    open: tuple[Finding, ...]
    answered: tuple[Finding, ...]


@dataclass(frozen=True)
class ReturnWorkbook:
    """The return workbook of a feed: its file with findings."""

    feed_id: str
    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class CliClient:
    """Calls the command line for one home and one reader, with time limits and the environment of the children.

    UsageError, in the same words, for feeds of senders outside the reader's units and for unknown feeds.
    """

    home: Home
    limits: Limits
    environment: Mapping[str, str] = field(repr=False)
    reader: Reader = EVERYBODY_HERE
    visitor: Visitor | None = None

    def check(self, file: Upload) -> CheckedFile:
        """Check the file and create its return workbook; raise UsageError if the check could not run, or if the sender
        is outside the reader's units. A file without a known sender is compared with nothing."""
        self._may(Right.UPLOAD)
        checked = self._check(file)
        if checked.sender_code:
            self._work_for(checked.sender_code, Right.UPLOAD)
        self._note(Action.CHECKED, checked.sender_code, file.name)
        return checked

    def _check(self, file: Upload) -> CheckedFile:
        with _temporary_copy(file) as path, TemporaryDirectory(prefix="doithoai-") as back:
            answer = self._answer("check", str(path), "--json", "--return-to", back)
            written = answer[0].get("return_workbook")
            workbook = Path(written) if written else None
            data, name = (workbook.read_bytes(), workbook.name) if workbook else (None, "")
            return parse_check(answer[0], data, name)

    def ingest(self, file: Upload) -> CheckedFile:
        """Ingest the file and return the outcome; it has landed unless its verdict is "rejected"."""
        self._own_file(file, Right.UPLOAD)
        with _temporary_copy(file) as path:
            outcome = parse_check(self._answer("ingest", str(path), "--json")[0])
        self._note(Action.INGESTED, outcome.sender_code, outcome.feed_id or file.name)
        return outcome

    def confirm(self, file: Upload, reasons: Mapping[str, str], by: str) -> None:
        """Store the reasons of the file's findings, by confirmation key, as given by `by`: all or none."""
        self._own_file(file, Right.EXPLAIN)
        with _temporary_copy(file) as path:
            self._confirm(str(path), reasons, by)

    def confirm_landed(self, feed_id: str, reasons: Mapping[str, str], by: str) -> None:
        """Store the reasons of a landed feed's findings."""
        self._work_for(self._sender_of(feed_id), Right.EXPLAIN)
        self._confirm(feed_id, reasons, by)

    def waiting(self, feed_id: str) -> FeedReasons:
        """Return the findings of a landed feed that need or have a reason, also before it is published."""
        self._work_for(self._sender_of(feed_id), Right.EXPLAIN)
        answer = self._answer("confirm", feed_id, "--json")
        return FeedReasons(parse_findings(answer["waiting"]), parse_findings(answer["answered"]))

    def return_workbook(self, feed_id: str) -> ReturnWorkbook:
        """Return the return workbook of a received feed: quarantined rows, waiting and explained findings."""
        self._work_for(self._sender_of(feed_id), Right.UPLOAD)
        with TemporaryDirectory(prefix="doithoai-") as back:
            answer = self._answer("check", feed_id, "--json", "--return-to", back)
            path = Path(answer[0]["return_workbook"])
            self._note(Action.EXPORTED, subject=path.name)
            return ReturnWorkbook(feed_id, path.name, path.read_bytes())

    def _confirm(self, target: str, reasons: Mapping[str, str], by: str) -> None:
        said = [{"key": key, "reason": reason} for key, reason in reasons.items()]
        self._answer("confirm", target, "--json", "--reasons", "-", given=json.dumps({"by": by, "reasons": said}))
        self._note(Action.CONFIRMED, subject=Path(target).name)

    def unpublished_feeds(self) -> tuple[Arrival, ...]:
        """Return the landed feeds that are not published yet, of senders whose feeds the reader sees."""
        return visible_feeds(self.home, self.reader)

    def use(self, feed_id: str) -> tuple[FeedUse, Cutoff]:
        """Return how the published figures use a landed feed, and the cutoff of the figures."""
        if not self.reader.sees_records_of(self._sender_of(feed_id)):
            raise UsageError(texts.OF_OTHER_SENDER)
        return feed_use(self.home, feed_id)

    def build(self, on_progress: Callable[[str], object]) -> None:
        """Build and publish; `on_progress` is called with each progress message."""
        self._may(Right.BUILD)
        command = [*self._command("build"), *self._home()]
        code, _, errors = run_child(command, BUILD_SECONDS, self.environment, on_progress=on_progress)
        if code != 0:
            refused = _refusal("build", code, errors)  # it may quote the rows of any unit
            raise refused if self.reader.sees_records_of("") else UsageError(texts.NOT_BUILT)
        self._note(Action.BUILT)

    def _own_file(self, file: Upload, right: Right) -> None:
        """Refuse a file whose sender is outside the reader's units; the check is skipped for readers of all units."""
        self._may(right)
        if self.reader.work is not None:
            self._work_for(self._check(file).sender_code, right)

    def _sender_of(self, feed_id: str) -> str:
        """Return the sender of a received feed, '' if unknown; of no interest for readers of all units."""
        everything = self.reader.work is None and self.reader.sees_records_of("")
        return "" if everything else sender_of(self.home, feed_id)

    def _work_for(self, sender: str, right: Right) -> None:
        if not self.reader.works_for(sender, right):
            self._refuse(right, sender)

    def _may(self, right: Right) -> None:
        if not self.reader.may(right):
            self._refuse(right)

    def _refuse(self, right: Right, sender: str = "") -> None:
        self._note(Action.REFUSED, sender, right)
        raise UsageError(texts.OF_OTHER_SENDER)

    def _note(self, action: Action, unit: str = "", subject: str = "") -> None:
        if self.visitor is not None:
            self.visitor.note(action, unit=unit, subject=subject)

    def _answer(self, verb: str, *arguments: str, given: str = "") -> Any:
        command = [*self._command(verb), *arguments, *self._home()]
        code, answer, errors = run_child(command, self._seconds(), self.environment, given=given)
        if code not in ANSWER_CODES or not answer.strip():
            raise _refusal(verb, code, errors)
        return json.loads(answer)

    def _command(self, verb: str) -> list[str]:
        return [sys.executable, "-m", "doithoai", verb]

    def _home(self) -> list[str]:
        return ["--home", str(self.home.root)]

    def _seconds(self) -> float:
        return self.limits.timeout_s + EXTRA_SECONDS


def _refusal(verb: str, code: int, errors: str) -> UsageError:
    """Return the child's own message as an error; output for developers is logged instead."""
    if code not in MESSAGE_CODES:
        logging.getLogger(__name__).error("doithoai %s left with exit code %s: %s", verb, code, errors.strip())
        return UsageError(texts.NO_ANSWER)
    sentences = [line for line in errors.splitlines() if line.strip() and not line.endswith(PROGRESS)]
    return UsageError("\n".join(sentences) or texts.NO_ANSWER)


@contextmanager
def _temporary_copy(file: Upload) -> Iterator[Path]:
    """Write the file into a private folder for the duration of the block."""
    with TemporaryDirectory(prefix="doithoai-") as folder:
        path = Path(folder) / safe_name(file.name)
        path.write_bytes(file.data)
        yield path


def safe_name(name: str) -> str:
    """Return the last part of a browser's file name, without control and path characters, keeping its suffix."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(sign for sign in last if sign.isprintable()).strip(" .")
    stem, dot, suffix = plain.rpartition(".")
    stem, suffix = (stem, dot + suffix) if dot else (plain, "")
    return (_cut(stem, LONGEST_STEM) or texts.NAMELESS) + _cut(suffix, LONGEST_SUFFIX)


def _cut(text: str, most: int) -> str:
    """Return the longest prefix of the text that fits into `most` bytes."""
    return text.encode()[:most].decode(errors="ignore")


def run_child(
    command: Sequence[str],
    seconds: float,
    environment: Mapping[str, str],
    *,
    given: str = "",
    on_progress: Callable[[str], object] | None = None,
) -> tuple[int, str, str]:
    """Run a child that reads `given`; return exit code, stdout and stderr.

    After `seconds`, kill the child and raise UsageError. The child uses files, not pipes, so it finishes even if the
    page is closed. Its temporary files are in the same folder and are deleted with it, even if it was killed.
    """
    with TemporaryDirectory(prefix="doithoai-") as folder:
        given_file, out_file, error_file = (Path(folder) / name for name in ("stdin", "stdout", "stderr"))
        given_file.write_text(given, encoding="utf-8")
        with given_file.open("rb") as stdin, out_file.open("wb") as out, error_file.open("wb") as err:
            child = subprocess.Popen(command, cwd=ROOT, env={**environment, "TMPDIR": folder}, stdin=stdin, stdout=out,
                                     stderr=err, start_new_session=True)  # fmt: skip
            with child, error_file.open("rb") as progress:
                _wait(child, seconds, lambda: _report_progress(progress, on_progress))
        return child.returncode, _text(out_file), _text(error_file)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _wait(child: "subprocess.Popen[bytes]", seconds: float, report: Callable[[], None], step: float = 0.2) -> None:
    for _ in range(int(seconds / step)):
        try:
            child.wait(step)
        except subprocess.TimeoutExpired:
            report()
        else:
            return
    os.killpg(child.pid, signal.SIGKILL)
    raise UsageError(texts.TOO_LONG.format(seconds=int(seconds)))


def _report_progress(progress: IO[bytes], on_progress: Callable[[str], object] | None) -> None:
    lines = progress.read().decode(errors="replace").splitlines()
    if on_progress and lines:
        on_progress(lines[-1])
