"""What the outside world says: the clock and the environment. Nothing else in the project reads either."""

import os
from datetime import datetime
from pathlib import Path

HOME_VARIABLE = "DOITHOAI_HOME"


def now() -> datetime:
    """The local time, naive, as every instant of the project is."""
    return datetime.now()


def home_root(option: Path | None) -> Path:
    """The home that a call means: `--home`, else DOITHOAI_HOME, else ./.data."""
    return option or Path(os.environ.get(HOME_VARIABLE) or ".data")
