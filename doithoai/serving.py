"""Serve the dashboard: Streamlit replaces this process. Without sign-in it serves this machine only."""

import ipaddress
import os
import socket
import sys
from pathlib import Path
from typing import NoReturn

import fontpkg_be_vietnam_pro

import dashboard
from dashboard.access.entrance import door_of
from dashboard.render import theme
from doithoai import surroundings
from doithoai.calls import now_at
from doithoai.terminal import Terminal
from warehouse.errors import UsageError
from warehouse.home import Home

TRUSTED = "FORWARDED_ALLOW_IPS"
"""The variable that names to uvicorn the proxies whose X-Forwarded-For it believes; empty for none."""

APP = Path(dashboard.__file__).parent / "server.py"


def serve_dashboard(terminal: Terminal, home: Home, address: str, port: int) -> NoReturn:
    """Serve until stopped. Streamlit replaces this process, so that stopping the process stops the dashboard.

    Raise UsageError if the address is not this machine's own and the home has no sign-in, or the port is taken.
    """
    door = door_of(home, surroundings.environment(), lambda: now_at(home))
    if door is None:
        require_loopback(terminal, address)
    require_free_port(terminal, address, port)
    terminal.say("serve.address", address=address, port=port)
    if door is not None and door.settings.network.public_url:
        terminal.say("serve.public", url=door.settings.network.public_url)
    # before Streamlit starts, because the first page loads the fonts at once
    theme.install_fonts(fontpkg_be_vietnam_pro.ROOT, APP.parent / "static")
    call = command(home, address, port)
    proxies = door.settings.network.trusted_proxies if door else ()
    os.execve(call[0], call, {**surroundings.environment(), TRUSTED: ",".join(proxies)})  # noqa: S606 - fixed program


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
        raise UsageError(terminal.text("error.no_sign_in", address=address), terminal.text("error.no_sign_in_remedy"))


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
