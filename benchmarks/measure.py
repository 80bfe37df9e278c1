"""Measure one step in its own process, so that time and memory are of that step only."""

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
    """A measurement: seconds of the step, seconds including the start of Python, peak memory in MB, and extra
    figures."""

    seconds: float
    wall: float
    peak_mb: float
    figures: dict[str, float]


@contextmanager
def timed(figures: dict[str, float], name: str) -> Iterator[None]:
    """Store the seconds of the block under `name`."""
    start = time.perf_counter()
    yield
    figures[name] = time.perf_counter() - start


def in_own_process(step: str, *arguments: Path | str) -> Measure:
    """Run one step of `benchmarks.steps` in a new Python process."""
    call = [sys.executable, "-m", "benchmarks.steps", step, *map(str, arguments)]
    start = time.perf_counter()
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - start
    if done.returncode:
        raise RuntimeError(f"{step}: {done.stderr[-2000:]}")
    told = json.loads(done.stdout.splitlines()[-1])
    return Measure(told["figures"].get("seconds", wall), wall, told["peak_mb"], told["figures"])


def print_figures(figures: dict[str, float]) -> None:
    """Print the figures of a step with the peak memory of its process and children."""
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps({"figures": figures, "peak_mb": max(peaks) / 1024}))
