"""The warehouse: home, settings, lookups, dbt build, border checks and published snapshots."""
