"""The HTML of sign-in and account, from `sign_in.jinja`, which escapes every value."""

from pathlib import Path

from authlib.integrations.base_client.errors import OAuthError  # type: ignore[import-untyped]
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard.render import colours
from dashboard.text import labels
from warehouse.access.accounts import SignInRefused
from warehouse.access.passwords import LEAST_LENGTH
from warehouse.access.roles import Person

DIFFERENT = "Hai lần nhập mật khẩu mới không giống nhau. Nhập lại."
UNREACHABLE = "Chưa đăng nhập được qua hệ thống tài khoản của tỉnh. Thử lại, hoặc báo người quản trị."
DENIED = "Hệ thống tài khoản của tỉnh không cho đăng nhập. Thử lại từ đầu."

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)

WATCH_SCRIPT = """\
(() => {
  const ask = async () => {
    const answer = await fetch("/phien", { cache: "no-store" }).catch(() => null);
    if (answer && answer.status === 401) {
      location.assign("/dang-nhap?tiep=" + encodeURIComponent(location.pathname + location.search));
    }
  };
  setInterval(ask, 10000);
  document.addEventListener("visibilitychange", () => document.hidden || ask());
})();
"""


def sign_in(fault: str, *, action: str, has_accounts: bool, provider: str, provider_address: str) -> str:
    """Return the sign-in page; `provider` is the label of the button for it, '' without one."""
    return _page(
        "sign_in",
        labels.SIGN_IN,
        fault=fault,
        action=action,
        has_accounts=has_accounts,
        provider=provider,
        provider_address=provider_address,
    )


def account(person: Person, fault: str, *, sign_out: str, password: str, is_first: bool) -> str:
    """Return the page of one's own account; `password` is the address to change it, '' for a provider's account."""
    return _page(
        "account",
        labels.FIRST_PASSWORD if is_first else labels.ACCOUNT,
        person=person,
        fault=fault,
        sign_out=sign_out,
        password=password,
        is_first=is_first,
        least_length=LEAST_LENGTH,
    )


def provider_fault(error: Exception) -> str:
    """Return the sentence for a failed sign-in with the provider."""
    if isinstance(error, SignInRefused):
        return str(error)
    return DENIED if isinstance(error, OAuthError) else UNREACHABLE


def _page(part: str, title: str, **values: object) -> str:
    return _TEMPLATES.get_template("sign_in.jinja").render(
        part=part, title=title, site=labels.TITLE, colours=vars(colours), **values
    )
