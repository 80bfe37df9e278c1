"""Many viewers at once: `make bench-viewers` drives 1, 50 and 200 over websockets and writes docs/benchmarks.md."""

import argparse
import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

import warehouse.home
from benchmarks.viewer import Answer, PageRefused, Viewer, connected
from benchmarks.visits import Walk, walk_of
from doithoai.serving import command
from warehouse.home import Home
from warehouse.publish import current

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
HEADING = "## Many readers"
HOST = "127.0.0.1"
Headers = Callable[[int], Mapping[str, str]]
"""The headers of the handshake of each viewer, such as the cookie of a session; none without accounts."""


@dataclass(frozen=True)
class Load:
    """So many viewers, each thinking `think` seconds between two pages, for `seconds`; or until `reruns` are drawn."""

    viewers: int
    think: float
    seconds: float
    p95_aim_ms: float | None = None
    p50_aim_ms: float | None = None
    reruns: int | None = None
    is_night: bool = False


LOADS = (
    Load(1, 0.5, 40, p50_aim_ms=25),
    Load(50, 5.0, 60, p95_aim_ms=500),
    Load(50, 5.0, 60, is_night=True),
    Load(200, 10.0, 90, p95_aim_ms=2000),
    Load(20, 0.2, 600, reruns=5000),
)
QUICK = (Load(1, 0.5, 15, p50_aim_ms=25), Load(50, 5.0, 30, p95_aim_ms=500), Load(200, 10.0, 45, p95_aim_ms=2000))


@dataclass
class Result:
    """What the viewers of one load saw, and what the server used."""

    load: Load
    firsts: list[Answer] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    refused: int = 0
    wall: float = 0.0
    cpu: float = 0.0
    memory_before: float = 0.0
    memory_after: float = 0.0
    memory_peak: float = 0.0

    def is_enough(self) -> bool:
        return self.load.reruns is not None and len(self.answers) >= self.load.reruns


@dataclass(frozen=True)
class Server:
    """A running dashboard."""

    address: str
    process: psutil.Process

    def memory(self) -> float:
        """Return the resident memory of the server and its children, in MB."""
        tree = [self.process, *self.process.children(recursive=True)]
        return float(sum(each.memory_info().rss for each in tree)) / 2**20

    def cpu(self) -> float:
        """Return the processor seconds of the server."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


async def driven(server: Server, walk: Walk, load: Load, headers: Headers = lambda _: {}) -> Result:
    """Drive one load; the viewers arrive spread over one think time."""
    result = Result(load, memory_before=server.memory())
    start, cpu = time.monotonic(), server.cpu()
    watch = asyncio.create_task(_watched(server, result))
    await asyncio.gather(*(_view(server, walk, result, number, headers(number)) for number in range(load.viewers)))
    watch.cancel()
    result.wall, result.cpu = time.monotonic() - start, server.cpu() - cpu
    result.memory_after = server.memory()
    return result


async def _watched(server: Server, result: Result) -> None:
    while True:
        result.memory_peak = max(result.memory_peak, server.memory())
        await asyncio.sleep(0.5)


async def _view(server: Server, walk: Walk, result: Result, number: int, headers: Mapping[str, str]) -> None:
    load = result.load
    end = time.monotonic() + load.seconds
    await asyncio.sleep(load.think * number / load.viewers)
    try:
        async with connected(server.address, headers) as viewer:
            await _walk(viewer, walk, result, number, end)
    except PageRefused as refusal:
        print(f"refused: {refusal}", file=sys.stderr)
        result.refused += 1


async def _walk(viewer: Viewer, walk: Walk, result: Result, number: int, end: float) -> None:
    seen = result.firsts
    for visit in walk.of_viewer(number):
        seen.append(await viewer.see(visit))
        seen = result.answers
        await asyncio.sleep(result.load.think)
        if time.monotonic() > end or result.is_enough():
            return


@contextmanager
def served(home: Home) -> Iterator[Server]:
    """Run the dashboard of a home in a process of its own, as `doithoai serve` does."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(command(home, HOST, port), stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"http://{HOST}:{port}/_stcore/health", process)
        yield Server(f"{HOST}:{port}", psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError), urllib.request.urlopen(address):
            return
        time.sleep(0.1)
    raise RuntimeError("the server ended")


@contextmanager
def night(home: Home) -> Iterator[None]:
    """Build and publish the home again and again while the block runs, as the nightly job does."""
    program = "import sys; from benchmarks.steps import build\nwhile True: build(sys.argv[1])"
    process = subprocess.Popen([sys.executable, "-c", program, str(home.root)], stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def measured(home: Home, loads: tuple[Load, ...]) -> Iterator[Result]:
    """Yield the result of each load, all against one server that is started for them."""
    walk = walk_of(current(home).path)
    with served(home) as server:
        for load in loads:
            with night(home) if load.is_night else contextlib.nullcontext():
                yield asyncio.run(driven(server, walk, load))


def row(result: Result) -> str:
    """Return the line of a load in the table."""
    load, later = result.load, result.answers
    drawn = max(1, len(result.firsts) + len(later))
    first, p50, p95 = _p(result.firsts, 95), _p(later, 50), _p(later, 95)
    aims = [("p50", p50, load.p50_aim_ms), ("p95", p95, load.p95_aim_ms)]
    said = [(f"{name} ≤ {aim:.0f} ms", value <= aim) for name, value, aim in aims if aim is not None]
    met = ("yes" if all(is_met for _, is_met in said) and not result.refused else "**no**") if said else ""
    what = f"{load.viewers}{' and a build' if load.is_night else ''}"
    cells = (
        what, f"{load.think:g} s", f"{len(later):,}", f"{len(later) / result.wall:.1f}", f"{p50:.0f} ms",
        f"{p95:.0f} ms", f"{first:.0f} ms", str(result.refused), ", ".join(name for name, _ in said), met,
        f"{1000 * result.cpu / drawn:.0f} ms",
        f"{sum(each.received for each in (*result.firsts, *later)) / 1024 / drawn:.0f} kB",
        f"{result.memory_before:.0f} → {result.memory_after:.0f}", f"{result.memory_peak:.0f}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _p(answers: list[Answer], percent: int) -> float:
    """Return a percentile in milliseconds; infinity if nothing was drawn."""
    taken = sorted(answer.seconds for answer in answers) or [float("inf")]
    return 1000 * taken[min(len(taken) - 1, len(taken) * percent // 100)]


OPENING = f"""{HEADING}

Written by `make bench-viewers`, one run: the sample province, one server process as `doithoai serve` starts it, and the
loads of the table, one after the other. Each viewer is a websocket that sends and reads what a browser does, without
drawing; half of the steps change a filter, half the page, as `benchmarks/visits.py` says. Times are from the request to
the end of the page; the first page of each viewer includes the session's start at the server and is told apart. Viewers
and server share the machine. Memory is resident, of the server and its children, before → after a load and at its peak.

| viewers | think | pages | pages/s | p50 | p95 | p95, first | refused | aim | met | CPU/page | sent/page | MB | peak |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
"""


def write_section(rows: list[str]) -> None:
    """Replace the section of the page, or add it at the end."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(HEADING)
    _, mark, after = rest.partition("\n## ")
    section = OPENING + "\n".join(rows) + "\n"
    PAGE.write_text(f"{before.rstrip()}\n\n{section}{mark}{after}", encoding="utf-8")


def _sample(folder: Path) -> Home:
    """Make the sample province."""
    call = [sys.executable, "-m", "doithoai", "demo", "--home", str(folder), "--no-serve"]
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL, env=os.environ)
    return warehouse.home.existing(folder)


def main() -> None:
    """Run the loads on the sample province, or on an existing home, and write the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path, help="an existing home; its builds are run for the load of the night")
    parser.add_argument("--quick", action="store_true", help="shorter loads, printed only")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="doithoai-bench-") as folder:
        home = warehouse.home.existing(told.home) if told.home else _sample(Path(folder) / "home")
        rows = []
        for result in measured(home, QUICK if told.quick else LOADS):
            rows.append(row(result))
            print(rows[-1], flush=True)
    if not told.quick:
        write_section(rows)


if __name__ == "__main__":
    main()
