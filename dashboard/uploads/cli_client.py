"""Call the command line in a child process: check, ingest and confirm uploaded files, build the figures.

The page's own process never opens a file that a sender wrote. Uploaded bytes lie in a private folder for the length of
the call. The child answers with JSON on stdout; where it fails, stderr holds a user-facing message.
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

from dashboard.check_result import CheckedFile, Finding, checked_file, findings_said
from dashboard.text import file_check as texts
from dashboard.uploads.unpublished_feeds import arrived
from warehouse.arrivals import Arrival
from warehouse.errors import UsageError
from warehouse.feed_use import Cutoff, FeedUse
from warehouse.home import Home
from warehouse.published_feeds import feed_use
from warehouse.settings import Limits

ROOT = Path(__file__).resolve().parents[2]
SPOKEN = (0, 1)
"""Exit codes with an answer: done, and findings that stop it."""

UNDERSTOOD = (1, 2, 3, 4)
"""Exit codes with a sentence for whoever asked; whatever else ends a child is for whoever keeps the program."""

BESIDE_READING = 60
"""Seconds that a call may take beyond the time that the settings give to the reading of a file."""

BUILD_SECONDS = 1800
PROGRESS = "…"
"""The end of a sentence that says how far the work has come."""

LONGEST_STEM, LONGEST_SUFFIX = 180, 16
"""Bytes, of the 255 that a name may have: the return workbook is written beside as `.<stem>-tra-lai.xlsx.<pid>.tmp`."""


@dataclass(frozen=True)
class DroppedFile:
    """A file as the browser sent it; neither its name nor its bytes are trusted."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Asked:
    """What of a feed wants a reason: the points that are open, and those that were answered."""

    open: tuple[Finding, ...]
    answered: tuple[Finding, ...]


@dataclass(frozen=True)
class ReturnWorkbook:
    """The file of a feed with its findings, to be sent back."""

    feed_id: str
    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class CliClient:
    """Where files are handed in: the home they are for, what one may cost, and the environment that children get."""

    home: Home
    limits: Limits
    environment: Mapping[str, str] = field(repr=False)

    def check(self, file: DroppedFile) -> CheckedFile:
        """What would happen to the file, with its return workbook; UsageError where nobody could say."""
        with _laid_down(file) as path, TemporaryDirectory(prefix="doithoai-") as back:
            said = self._answer("check", str(path), "--json", "--return-to", back)
            returned = said[0].get("return_workbook")
            workbook = Path(returned) if returned else None
            return checked_file(said[0], workbook.read_bytes() if workbook else None, workbook.name if workbook else "")

    def take_in(self, file: DroppedFile) -> CheckedFile:
        """What became of the file, which has landed unless it says otherwise."""
        with _laid_down(file) as path:
            return checked_file(self._answer("ingest", str(path), "--json")[0])

    def confirm(self, file: DroppedFile, reasons: Mapping[str, str], by: str) -> None:
        """Keep the reasons of the file's findings, by confirmation key, as said by `by`: all of them, or none."""
        with _laid_down(file) as path:
            self._confirm(str(path), reasons, by)

    def confirm_landed(self, feed_id: str, reasons: Mapping[str, str], by: str) -> None:
        """The same for the findings of a feed that has landed."""
        self._confirm(feed_id, reasons, by)

    def waiting(self, feed_id: str) -> Asked:
        """What of a feed that has landed waits for a reason, or has one, also where no figure holds it yet."""
        said = self._answer("confirm", feed_id, "--json")
        return Asked(findings_said(said["waiting"]), findings_said(said["answered"]))

    def returned(self, feed_id: str) -> ReturnWorkbook:
        """The return workbook of a feed that was received: what was kept out of it, what waits, what was answered."""
        with TemporaryDirectory(prefix="doithoai-") as back:
            said = self._answer("check", feed_id, "--json", "--return-to", back)
            path = Path(said[0]["return_workbook"])
            return ReturnWorkbook(feed_id, path.name, path.read_bytes())

    def _confirm(self, target: str, reasons: Mapping[str, str], by: str) -> None:
        said = [{"key": key, "reason": reason} for key, reason in reasons.items()]
        self._answer("confirm", target, "--json", "--reasons", "-", given=json.dumps({"by": by, "reasons": said}))

    def arrived(self) -> tuple[Arrival, ...]:
        """The feeds that are in and not yet in the figures."""
        return arrived(self.home)

    def use(self, feed_id: str) -> tuple[FeedUse, Cutoff]:
        """What the published figures make of a feed that has landed."""
        return feed_use(self.home, feed_id)

    def build(self, on_progress: Callable[[str], object]) -> None:
        """Compute and publish anew; `on_progress` hears the sentences of the build."""
        command = [*self._command("build"), *self._home()]
        code, _, told = called(command, BUILD_SECONDS, self.environment, on_progress=on_progress)
        if code != 0:
            raise _refusal("build", code, told)

    def _answer(self, verb: str, *arguments: str, given: str = "") -> Any:
        command = [*self._command(verb), *arguments, *self._home()]
        code, said, told = called(command, self._seconds(), self.environment, given=given)
        if code not in SPOKEN or not said.strip():
            raise _refusal(verb, code, told)
        return json.loads(said)

    def _command(self, verb: str) -> list[str]:
        return [sys.executable, "-m", "doithoai", verb]

    def _home(self) -> list[str]:
        return ["--home", str(self.home.root)]

    def _seconds(self) -> float:
        return self.limits.timeout_s + BESIDE_READING


def _refusal(verb: str, code: int, told: str) -> UsageError:
    """Why there is no answer, in the child's own sentences; what only a programmer can read is logged instead."""
    if code not in UNDERSTOOD:
        logging.getLogger(__name__).error("doithoai %s left with exit code %s: %s", verb, code, told.strip())
        return UsageError(texts.NO_ANSWER)
    sentences = [line for line in told.splitlines() if line.strip() and not line.endswith(PROGRESS)]
    return UsageError("\n".join(sentences) or texts.NO_ANSWER)


@contextmanager
def _laid_down(file: DroppedFile) -> Iterator[Path]:
    """The file in a folder that nobody else may read, for as long as the block."""
    with TemporaryDirectory(prefix="doithoai-") as folder:
        path = Path(folder) / safe_name(file.name)
        path.write_bytes(file.data)
        yield path


def safe_name(name: str) -> str:
    """The last part of a name that a browser gave, without what steers a path or a screen, its suffix kept."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(sign for sign in last if sign.isprintable()).strip(" .")
    stem, dot, suffix = plain.rpartition(".")
    stem, suffix = (stem, dot + suffix) if dot else (plain, "")
    return (_cut(stem, LONGEST_STEM) or texts.NAMELESS) + _cut(suffix, LONGEST_SUFFIX)


def _cut(text: str, most: int) -> str:
    """What of the text fits into `most` bytes of a file's name."""
    return text.encode()[:most].decode(errors="ignore")


def called(
    command: Sequence[str],
    seconds: float,
    environment: Mapping[str, str],
    *,
    given: str = "",
    on_progress: Callable[[str], object] | None = None,
) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a child that reads `given`.

    UsageError, and no child left, after `seconds`. It reads and writes files, not pipes: it goes on to its end even
    where the page that asked is gone. What it lays down for a while lies in the same folder and goes with it, also
    where the child was ended before it could clean up.
    """
    with TemporaryDirectory(prefix="doithoai-") as folder:
        asked, said, told = (Path(folder) / name for name in ("asked", "said", "told"))
        asked.write_text(given, encoding="utf-8")
        with asked.open("rb") as stdin, said.open("wb") as out, told.open("wb") as err:
            child = subprocess.Popen(command, cwd=ROOT, env={**environment, "TMPDIR": folder}, stdin=stdin, stdout=out,
                                     stderr=err, start_new_session=True)  # fmt: skip
            with child, told.open("rb") as progress:
                _awaited(child, seconds, lambda: _hear(progress, on_progress))
        return child.returncode, _text(said), _text(told)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _awaited(child: "subprocess.Popen[bytes]", seconds: float, hear: Callable[[], None], step: float = 0.2) -> None:
    for _ in range(int(seconds / step)):
        try:
            child.wait(step)
        except subprocess.TimeoutExpired:
            hear()
        else:
            return
    os.killpg(child.pid, signal.SIGKILL)
    raise UsageError(texts.TOO_LONG.format(seconds=int(seconds)))


def _hear(progress: IO[bytes], on_progress: Callable[[str], object] | None) -> None:
    lines = progress.read().decode(errors="replace").splitlines()
    if on_progress and lines:
        on_progress(lines[-1])
