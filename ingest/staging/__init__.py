"""Stage received texts in temporary tables, and type their values."""
