"""The dashboard as a web application, started by `doithoai serve`: `streamlit run dashboard/server.py -- --home
DIR`."""

import sys
from pathlib import Path

from starlette.middleware import Middleware
from streamlit.starlette import App

ROOT = Path(__file__).resolve().parent
sys.path.append(str(ROOT.parent))

from dashboard.addresses import KnownAddresses  # noqa: E402  the path above comes first

app = App(ROOT / "app.py", middleware=[Middleware(KnownAddresses)])
