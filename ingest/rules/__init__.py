"""The rules of the contracts: expectations of a sheet, checks across sheets, and the cells that break them."""
