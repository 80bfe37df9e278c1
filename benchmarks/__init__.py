"""Benchmarks against the project's limits, on generated petitions: `python -m benchmarks` runs all."""
