"""The data that the packages of ingest exchange: received sheets and findings. Imports nothing else of ingest."""
