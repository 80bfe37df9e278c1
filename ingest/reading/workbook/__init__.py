"""Workbooks: .xlsx, .xls and .ods parsed in a child process with limits of time and memory."""
