"""Run and print all measurements, and write docs/benchmarks.md."""

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import warehouse.home
from benchmarks.generate import FeedShape, write_csv_feed, write_xlsx_feed
from benchmarks.measure import Measure, in_own_process
from warehouse.home import Home

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
SENDERS = ("347", "349", "350", "351", "352", "353")
SPANS = {
    "2021": (date(2021, 1, 1), date(2021, 12, 31)),
    "2022": (date(2022, 1, 1), date(2022, 12, 31)),
    "2023": (date(2023, 1, 1), date(2023, 12, 31)),
    "2024-9M": (date(2024, 1, 1), date(2024, 9, 30)),
}
NEW_FEED = FeedShape("347", "2024Q3", date(2024, 7, 1), date(2024, 9, 30), 1_000)
QUARTER = FeedShape("347", "2024Q3", date(2024, 7, 1), date(2024, 9, 30), 500)
SIZES = (100_000, 1_000_000)


@dataclass(frozen=True)
class Line:
    """One line of the report: the measurement, its baseline, and the target if there is one."""

    what: str
    size: str
    ours: str
    limit: str
    ratio: float | None
    aim: str
    met: bool | None
    peak_mb: float


def main() -> None:
    """Run all measurements in a temporary folder, print them, and write docs/benchmarks.md."""
    with tempfile.TemporaryDirectory(prefix="doithoai-bench-") as folder:
        lines = []
        for line in measured(Path(folder)):
            print(_row(line), flush=True)
            lines.append(line)
    PAGE.write_text(page(lines) + _earlier_runs(), encoding="utf-8")
    print(f"→ {PAGE.relative_to(PAGE.parents[1])}")


def measured(folder: Path) -> Iterator[Line]:
    """Measure and yield all lines, smaller sizes first."""
    yield _check(folder)
    for rows in SIZES:
        yield from _csv(folder, rows)
        if rows == SIZES[0]:
            yield from _xlsx(folder, rows)
        yield from _warehouse(folder, rows)


def _check(folder: Path) -> Line:
    """Measure `doithoai check` of one quarter's workbook, including the start of Python."""
    workbook = write_xlsx_feed(folder / "quarter.xlsx", QUARTER)
    limit = in_own_process("bare_parse", workbook)
    with _home(folder) as home:
        ours = in_own_process("check", home.root, workbook)
    return Line("check of a workbook, whole process / Python's start and the bare parse", f"{QUARTER.rows:,}",
                f"{ours.wall:.2f} s", f"{limit.wall:.2f} s", ours.wall / limit.wall, "< 3 s", ours.wall < 3,
                ours.peak_mb)  # fmt: skip


def _csv(folder: Path, rows: int) -> Iterator[Line]:
    feed = folder / f"csv-{rows}"
    petitions = write_csv_feed(feed, FeedShape("353", "2023", *SPANS["2023"], rows))
    limit = in_own_process("typed_read", petitions, folder / f"typed-{rows}.duckdb")
    with _home(folder) as home:
        ours = in_own_process("ingest", home.root, feed)
        _require_rows(ours, rows)
    aim = 2.0 if rows == SIZES[1] else None
    yield _seconds("CSV ingest / DuckDB's typed read", rows, ours, limit, aim)
    shutil.rmtree(feed)


def _xlsx(folder: Path, rows: int) -> Iterator[Line]:
    workbook = write_xlsx_feed(folder / "feed.xlsx", FeedShape("353", "2023", *SPANS["2023"], rows))
    limit = in_own_process("bare_parse", workbook)
    with _home(folder) as home:
        ours = in_own_process("ingest", home.root, workbook)
        _require_rows(ours, rows)
    yield _seconds("xlsx ingest / calamine's bare parse", rows, ours, limit, 2.0)


def _warehouse(folder: Path, rows: int) -> Iterator[Line]:
    with _home(folder) as home:
        shapes = [FeedShape(it, period, *span, rows // 24) for it in SENDERS for period, span in SPANS.items()]
        feeds = [folder / f"{shape.sender}-{shape.period}" for shape in shapes]
        for feed, shape in zip(feeds, shapes, strict=True):
            write_csv_feed(feed, shape)
        _require_rows(in_own_process("ingest", home.root, *feeds), rows // 24 * 24)
        built = in_own_process("build", home.root)
        by_hand = in_own_process("hand_written", home.root)
        sql = Measure(built.figures["model"], built.wall, built.peak_mb, built.figures)
        large = rows == SIZES[1]
        yield _seconds("SQL of the build / one hand-written query", rows, sql, by_hand, 2.0 if large else None)
        yield Line("… figures in which the two differ", f"{rows:,}", f"{by_hand.figures['unlike']:.0f}", "0", None, "0",
                   by_hand.figures["unlike"] == 0, by_hand.peak_mb)  # fmt: skip
        yield _alone("whole build (dbt, checks, publish)", rows, built, built.seconds, None)
        yield from _pages(home, rows, 50.0 if large else None)
        write_csv_feed(home.inbox / "347-2024Q3", NEW_FEED)
        night = in_own_process("night", home.root)
        yield _alone(f"run: one new feed of {NEW_FEED.rows:,} on top", rows, night, night.wall, 10.0 if large else None)
        for feed in feeds:
            shutil.rmtree(feed)


def _pages(home: Home, rows: int, aim: float | None) -> Iterator[Line]:
    told = in_own_process("pages", home.root)
    for name, ours in told.figures.items():
        bare = told.figures.get(f"{name} bare")
        if bare is not None:
            yield Line(f"page query: {name}", f"{rows:,}", f"{ours:.1f} ms", f"{bare:.1f} ms", ours / bare,
                       f"≤ {aim:.0f} ms" if aim else "", ours <= aim if aim else None, told.peak_mb)  # fmt: skip


@contextmanager
def _home(folder: Path) -> Iterator[Home]:
    """Yield a temporary home whose limit on file sizes is 2,000 MB."""
    home = warehouse.home.create(folder / "home")
    settings = home.settings_file.read_text(encoding="utf-8")
    home.settings_file.write_text(settings.replace("max_file_mb = 50", "max_file_mb = 2000"), encoding="utf-8")
    yield home
    shutil.rmtree(home.root)


def _require_rows(measure: Measure, rows: int) -> None:
    if measure.figures["rows"] != rows:
        raise RuntimeError(f"{measure.figures['rows']:.0f} rows landed, {rows} were sent")


def _seconds(what: str, rows: int, ours: Measure, limit: Measure, aim: float | None) -> Line:
    ratio = ours.seconds / limit.seconds
    return Line(what, f"{rows:,}", f"{ours.seconds:.2f} s", f"{limit.seconds:.2f} s", ratio,
                f"≤ {aim:.0f} ×" if aim else "", ratio <= aim if aim else None, ours.peak_mb)  # fmt: skip


def _alone(what: str, rows: int, ours: Measure, seconds: float, aim: float | None) -> Line:
    return Line(what, f"{rows:,}", f"{seconds:.1f} s", "", None, f"≤ {aim:.0f} s" if aim else "",
                seconds <= aim if aim else None, ours.peak_mb)  # fmt: skip


OPENING = """# Benchmarks

Written by `make bench`, one run. Each measurement is a process of its own; memory is the peak of that process or of its
reading child, whichever is larger. Petitions are generated (`benchmarks/generate.py`); times of ingest are from the
call to the commit, imports of libraries included. The hand-written query (`benchmarks/hand_written.sql`) yields three
figures at unit, field and period and no more; the build yields all figures of all subjects, with intervals and ranks.
`check` and `run` are measured from starting Python to the answer and to the published snapshot. Page queries are the
middle of nine calls.

Machine: {processor}, {cores} cores, {memory:.0f} GB, {system}, Python {python}, {libraries}.

| what | petitions | this project | limit | ratio | aim | met | peak MB |
|---|---|---|---|---|---|---|---|
"""


def page(lines: list[Line]) -> str:
    """Return the page up to its last table row: the machine, the method and the table."""
    opening = OPENING.format(
        processor=_processor(),
        cores=os.cpu_count(),
        memory=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30,
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        libraries=", ".join(f"{name} {version(name)}" for name in ("duckdb", "dbt-core", "python-calamine", "pyarrow")),
    )
    return opening + "\n".join(map(_row, lines)) + "\n"


def _earlier_runs() -> str:
    """Return the sections below the table in the present page, which hold earlier runs for comparison."""
    _, heading, rest = PAGE.read_text(encoding="utf-8").partition("\n## ")
    return heading + rest


def _row(line: Line) -> str:
    ratio = f"{line.ratio:.1f} ×" if line.ratio is not None else ""
    met = {True: "yes", False: "**no**", None: ""}[line.met]
    cells = (line.what, line.size, line.ours, line.limit, ratio, line.aim, met, f"{line.peak_mb:.0f}")
    return f"| {' | '.join(cells)} |"


def _processor() -> str:
    names = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines() if sys.platform == "linux" else []
    models = [line.partition(":")[2].strip() for line in names if line.startswith("model name")]
    return models[0] if models else platform.processor()


if __name__ == "__main__":
    main()
