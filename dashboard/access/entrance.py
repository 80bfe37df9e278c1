"""Whether a home asks for sign-in, and the door if it does."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from dashboard.access.door import LEAST_SECRET, Door
from warehouse.access import access_settings, accounts, tables
from warehouse.access.access_settings import AccessSettings
from warehouse.errors import UsageError
from warehouse.home import Home

SECRET, CLIENT_SECRET = "DOITHOAI_SECRET", "DOITHOAI_OIDC_SECRET"


def asks_for_sign_in(home: Home, settings: AccessSettings) -> bool:
    """Return whether a home has local accounts or a provider."""
    if settings.oidc is not None:
        return True
    if not home.state.exists():
        return False
    con = tables.opened(home)
    try:
        return bool(accounts.all_accounts(con))
    finally:
        con.close()


def door_of(home: Home, environment: Mapping[str, str], now: Callable[[], datetime]) -> Door | None:
    """Return the door of a home; None if it asks for no sign-in.

    Raise UsageError if the secret that signs cookies is missing or too short, or access.toml has a fault.
    """
    settings = access_settings.load(home)
    if not asks_for_sign_in(home, settings):
        return None
    secret = _secret(environment.get(SECRET, ""), settings.sign_in.secret_file)
    if len(secret) < LEAST_SECRET:
        raise UsageError(
            f"Kho này có đăng nhập nhưng chưa có khóa ký phiên (ít nhất {LEAST_SECRET} ký tự).",
            f"Tạo một chuỗi ngẫu nhiên, ghi vào tệp rồi đặt secret_file trong {home.access_file.name}, hoặc đặt biến "
            f"{SECRET}. Cách làm: docs/quan-tri.md.",
        )
    client_secret = _secret(
        environment.get(CLIENT_SECRET, ""), settings.oidc.client_secret_file if settings.oidc else ""
    )
    return Door(home, settings, secret, client_secret, now)


def _secret(given: str, file: str) -> str:
    """Return a secret from the environment, else from its file; '' without either. UsageError if it is unreadable."""
    if given or not file:
        return given.strip()
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise UsageError(f"Không đọc được tệp khóa {file}: {error}.", "Kiểm tra đường dẫn và quyền đọc tệp.") from error
