"""The rules of the contracts: expectations for a sheet, checks across sheets, and the cells that break them."""
