"""Elements of all pages: frame, filter bar, snapshot in force, downloads."""
