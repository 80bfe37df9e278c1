"""Measuring: one step in one process of its own, so that time and memory are that step's alone."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measure:
    """What a step took: seconds of the thing itself, seconds with starting Python, peak memory in MB; extra figures."""

    seconds: float
    wall: float
    peak_mb: float
    figures: dict[str, float]


@contextmanager
def timed(figures: dict[str, float], name: str) -> Iterator[None]:
    """Put the seconds that the block takes under `name`."""
    start = time.perf_counter()
    yield
    figures[name] = time.perf_counter() - start


def in_own_process(step: str, *arguments: Path | str) -> Measure:
    """Run one step of `benchmarks.steps` in a new Python."""
    call = [sys.executable, "-m", "benchmarks.steps", step, *map(str, arguments)]
    start = time.perf_counter()
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - start
    if done.returncode:
        raise RuntimeError(f"{step}: {done.stderr[-2000:]}")
    told = json.loads(done.stdout.splitlines()[-1])
    return Measure(told["figures"].get("seconds", wall), wall, told["peak_mb"], told["figures"])


def tell(figures: dict[str, float]) -> None:
    """What a step's process says at its end: its figures, and the peak memory of itself and of its children."""
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps({"figures": figures, "peak_mb": max(peaks) / 1024}))
