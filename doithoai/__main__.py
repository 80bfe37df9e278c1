"""`python -m doithoai` is the same as the command `doithoai`."""

from doithoai.cli import main

main()
