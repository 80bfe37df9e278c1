"""What the rooms of ingest exchange: received sheets and findings. Imports nothing else."""
