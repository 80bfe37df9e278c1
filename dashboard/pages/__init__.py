"""The five pages. A page is a selection, its data, and the blocks that show it."""
