"""The second sample world: Hà Nam across the mergers of 2025, mid-2024 to the end of 2025, with invented people."""

from pathlib import Path

from sample_province.mergers.world import MergersManifest, mergers_world, write_mergers

DEFAULTS = Path(__file__).parent / "defaults"
"""The settings and lookups of a home for this world; its other files are those of any new home."""

__all__ = ["DEFAULTS", "MergersManifest", "mergers_world", "write_mergers"]
