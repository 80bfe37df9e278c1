"""From a grid of cells to a sheet of the contract: its kind, header, data rows and cover."""
