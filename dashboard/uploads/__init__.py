"""Files that stewards drop: checked, landed and built by the command line in a child process."""
