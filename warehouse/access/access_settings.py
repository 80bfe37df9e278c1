"""The settings of sign-in and network: `access.toml` of the home."""

import tomllib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from warehouse.access.grants import grant_of
from warehouse.access.roles import Grant
from warehouse.access.sessions import SessionLimits
from warehouse.errors import UsageError
from warehouse.home import Home


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class SignIn(_Table):
    """How long sessions last; where the secret that signs cookies is, if not in DOITHOAI_SECRET."""

    idle_minutes: int = Field(default=30, ge=1, le=24 * 60)
    absolute_hours: int = Field(default=10, ge=1, le=24 * 7)
    secret_file: str = ""


class Network(_Table):
    """The address in people's browsers, and the proxies whose X-Forwarded-For is believed."""

    public_url: str = Field(default="", pattern=r"^(https?://[^/\s]+)?$")
    trusted_proxies: tuple[str, ...] = Field(default=(), strict=False)


class Provider(_Table):
    """An OpenID Connect provider. The client's secret is in DOITHOAI_OIDC_SECRET, or in `client_secret_file`."""

    issuer: str = Field(pattern=r"^https?://\S+$")
    client_id: str = Field(min_length=1)
    client_secret_file: str = ""
    label: str = "Đăng nhập bằng tài khoản của tỉnh"
    groups_claim: str = "groups"


class Rule(_Table):
    """Who of the provider's people gets a role: by verified e-mail address or by group."""

    role: str
    unit: str = ""
    text: bool = False
    email: str = ""
    group: str = ""

    @property
    def grant(self) -> Grant:
        return grant_of(self.role, self.unit, text=self.text)

    def fits(self, email: str, groups: Sequence[str]) -> bool:
        return bool((self.email and self.email.casefold() == email.casefold()) or (self.group and self.group in groups))


class AccessSettings(_Table):
    """The file, with defaults where it is silent."""

    sign_in: SignIn = SignIn()
    network: Network = Network()
    oidc: Provider | None = None
    grant: tuple[Rule, ...] = Field(default=(), strict=False)

    @property
    def limits(self) -> SessionLimits:
        return SessionLimits(timedelta(minutes=self.sign_in.idle_minutes), timedelta(hours=self.sign_in.absolute_hours))

    @property
    def is_over_tls(self) -> bool:
        return self.network.public_url.startswith("https://")

    def grants_of(self, email: str, groups: Sequence[str]) -> tuple[Grant, ...]:
        """Return the grants of a person of the provider; `email` is '' unless it is verified."""
        return tuple(dict.fromkeys(rule.grant for rule in self.grant if rule.fits(email, groups)))


def load(home: Home) -> AccessSettings:
    """Return the settings, the defaults without a file; UsageError names the faulty setting."""
    if not home.access_file.exists():
        return AccessSettings()
    try:
        settings = AccessSettings.model_validate(tomllib.loads(home.access_file.read_text(encoding="utf-8")))
        for rule in settings.grant:
            _require_somebody(rule)
    except ValidationError as error:
        raise _wrong(home, "; ".join(_fault(each) for each in error.errors())) from error
    except (OSError, tomllib.TOMLDecodeError, UsageError) as error:
        raise _wrong(home, str(error)) from error
    return settings


def _require_somebody(rule: Rule) -> None:
    if bool(rule.email) == bool(rule.group):
        raise UsageError("Mỗi [[grant]] phải có đúng một trong hai mục email và group.")
    _ = rule.grant


def _fault(error: Any) -> str:
    place = ".".join(map(str, error["loc"]))
    if error["type"] == "extra_forbidden":
        return f"không có mục «{place}»"
    if error["type"] == "missing":
        return f"thiếu mục «{place}»"
    return f"mục «{place}» = {error['input']!r} không hợp lệ"


def _wrong(home: Home, fault: str) -> UsageError:
    return UsageError(f"Không đọc được {home.access_file}: {fault}.", "Sửa tệp này theo docs/quan-tri.md.")
