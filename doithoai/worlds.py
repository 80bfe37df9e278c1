"""The sample worlds that `doithoai demo` makes."""

from enum import StrEnum


class World(StrEnum):
    """A sample world, by the name that the command line gives it."""

    HA_NAM = "ha-nam"
    MERGERS = "sap-nhap"
