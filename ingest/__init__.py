"""Ingest: what districts send is read, repaired, checked and landed as raw tables."""
