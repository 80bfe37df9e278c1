"""CSV files: encoding, delimiter, records; most are read in memory, large plain ones by DuckDB."""
