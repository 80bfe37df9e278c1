"""Turn a grid of cells into sheets of the contract: their kind, header, data rows, or cover."""
