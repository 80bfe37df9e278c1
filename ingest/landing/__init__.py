"""Landing: write a checked feed to the archive and the raw tables, in one transaction."""
