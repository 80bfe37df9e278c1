"""The sample province: writes real feed files for an invented term in Hà Nam, from a seed and without a clock."""

from sample_province.province import SampleFault, SampleFeed, SampleManifest, write_sample

__all__ = ["SampleFault", "SampleFeed", "SampleManifest", "write_sample"]
