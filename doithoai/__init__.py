"""The command line: one function a verb, the only place that reads the environment and the clock."""
