"""The sample province: a seeded, clockless writer of real feed files for an invented term of Hà Nam."""

from sample_province.province import SampleFault, SampleFeed, SampleManifest, write_sample

__all__ = ["SampleFault", "SampleFeed", "SampleManifest", "write_sample"]
