"""CSV files: encoding, separator, records; small files in memory, large ones scanned by DuckDB."""
