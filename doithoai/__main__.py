"""`python -m doithoai`, the same as the command `doithoai`."""

from doithoai.cli import main

main()
