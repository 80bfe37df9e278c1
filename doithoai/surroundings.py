"""What the outside world says: the clock and the environment. Nothing else in the project reads either."""

import os
from datetime import datetime, tzinfo
from pathlib import Path

HOME_VARIABLE = "DOITHOAI_HOME"


def now(zone: tzinfo) -> datetime:
    """The time in `zone`, naive, as every instant of a home is; the zone of the machine plays no part."""
    return datetime.now(zone).replace(tzinfo=None)


def machine_time() -> datetime:
    """The time by the clock and the time zone of this machine, which it carries."""
    return datetime.now().astimezone()


def home_root(option: Path | None) -> Path:
    """The home that a call means: `--home`, else DOITHOAI_HOME, else ./.data."""
    return option or Path(os.environ.get(HOME_VARIABLE) or ".data")
