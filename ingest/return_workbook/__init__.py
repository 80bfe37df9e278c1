"""Return workbooks: the sender's own file back, with every finding at its cell and listed on a first sheet."""

from ingest.return_workbook.write import write_return

__all__ = ["write_return"]
