"""Landing: a checked feed goes into the archive and the raw tables, in one transaction or not at all."""
