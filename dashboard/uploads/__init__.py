"""Uploaded files: checked, landed and built by the command line in a child process."""
