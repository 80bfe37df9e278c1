"""Serve the dashboard on this machine only; Streamlit replaces this process."""

import ipaddress
import os
import socket
import sys
from pathlib import Path
from typing import NoReturn

import fontpkg_be_vietnam_pro

import dashboard
from dashboard.render import theme
from doithoai.terminal import Terminal
from warehouse.errors import UsageError
from warehouse.home import Home

APP = Path(dashboard.__file__).parent / "server.py"


def serve_dashboard(terminal: Terminal, home: Home, address: str, port: int) -> NoReturn:
    """Serve until stopped. Streamlit replaces this process, so that stopping the process stops the dashboard."""
    require_loopback(terminal, address)
    require_free_port(terminal, address, port)
    terminal.say("serve.address", address=address, port=port)
    # before Streamlit starts, because the first page loads the fonts at once
    theme.install_fonts(fontpkg_be_vietnam_pro.ROOT, APP.parent / "static")
    call = command(home, address, port)
    os.execv(call[0], call)  # noqa: S606 - a fixed program with fixed options


def command(home: Home, address: str, port: int) -> list[str]:
    """Return the Streamlit command; it sends no usage statistics, opens no browser and hides error details."""
    options = {
        "server.address": address,
        "server.port": port,
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.showErrorDetails": "none",
        "client.toolbarMode": "minimal",
        "logger.hideWelcomeMessage": "true",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "streamlit", "run", str(APP), *flags, "--", "--home", str(home.root)]


def require_loopback(terminal: Terminal, address: str) -> None:
    """Raise UsageError unless `address` is reachable from this machine only."""
    try:
        is_loopback = address == "localhost" or ipaddress.ip_address(address).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise UsageError(
            terminal.text("error.not_loopback", address=address), terminal.text("error.not_loopback_remedy")
        )


def require_free_port(terminal: Terminal, address: str, port: int) -> None:
    """Raise UsageError if another program uses `port`."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise UsageError(
                terminal.text("error.port_taken", port=port),
                terminal.text("error.port_taken_remedy", other=port + 1),
            ) from error
