"""How fast this project is beside its limits, on generated petitions. `python -m benchmarks` runs all of it."""
