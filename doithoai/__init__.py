"""The command line: one function per verb, and the only module that reads the environment and the clock."""
