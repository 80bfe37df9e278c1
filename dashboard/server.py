"""The dashboard as a web application, started by `doithoai serve`: `streamlit run dashboard/server.py -- --home DIR`.

A home with accounts or a provider gets the gate before everything; any other is open to this machine only.
"""

import argparse
import os
import sys
from datetime import datetime
from pathlib import Path

from starlette.middleware import Middleware
from streamlit.starlette import App

ROOT = Path(__file__).resolve().parent
sys.path.append(str(ROOT.parent))

from dashboard.access.entrance import door_of  # noqa: E402  the path above comes first
from dashboard.access.gate import Gate  # noqa: E402
from dashboard.access.local_only import LocalOnly  # noqa: E402
from dashboard.addresses import KnownAddresses  # noqa: E402
from dashboard.screens import heads, overview, progress, units  # noqa: E402, F401  loaded before the port opens
from warehouse import settings  # noqa: E402
from warehouse.home import Home  # noqa: E402


def entrance() -> Middleware:
    """Return the middleware that stands before everything; UsageError without `--home` or without a secret."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--home", type=Path, required=True)
    home = Home(parser.parse_known_args()[0].home.resolve())
    zone = settings.load(home).zone
    door = door_of(home, os.environ, lambda: datetime.now(zone).replace(tzinfo=None))
    return Middleware(LocalOnly) if door is None else Middleware(Gate, door=door)


app = App(ROOT / "app.py", middleware=[entrance(), Middleware(KnownAddresses)])
