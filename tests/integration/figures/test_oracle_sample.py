"""Compare every published value of the sample province with the oracle."""

from tests.oracle.snapshots import differences_of
from warehouse.home import Home


def test_every_value_of_the_sample_province(sample_home: Home) -> None:
    assert differences_of(sample_home) == []
