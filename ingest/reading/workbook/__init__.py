"""Workbooks (.xlsx, .xls, .ods), parsed in a child process with limited time and memory."""
