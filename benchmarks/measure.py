"""Measure one step in a process of its own, so that time and memory are those of that step only."""

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
    """A measurement: seconds of the step, seconds of its whole process, peak memory in MB, and all its figures."""

    seconds: float
    wall: float
    peak_mb: float
    figures: dict[str, float]


@contextmanager
def timed(figures: dict[str, float], name: str) -> Iterator[None]:
    """Store the duration of the block, in seconds, under `name` in `figures`."""
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
    """Print the figures of a step with its peak memory, the larger of its process and its largest child."""
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps({"figures": figures, "peak_mb": max(peaks) / 1024}))
