"""The sample worlds that `doithoai demo` creates."""

from enum import StrEnum


class World(StrEnum):
    """A sample world, by its name on the command line."""

    HA_NAM = "ha-nam"
    MERGERS = "sap-nhap"
