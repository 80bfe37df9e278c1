"""What every page has: frame, filter bar, snapshot in force, downloads."""
