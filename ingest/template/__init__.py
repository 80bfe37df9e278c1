"""Templates: the workbook that a sender fills in for one period, derived from the contracts."""

from ingest.template.gather import gather
from ingest.template.workbook import write_template

__all__ = ["gather", "write_template"]
