"""Return workbooks: the sender's own file, with each finding marked at its cell and listed on a first sheet."""

from ingest.return_workbook.write import return_names, write_return

__all__ = ["return_names", "write_return"]
