"""`access.toml`: defaults, roles of people of a provider, and faults that name the setting."""

from datetime import timedelta
from pathlib import Path

import pytest

from warehouse.access import access_settings
from warehouse.access.roles import Grant, Role
from warehouse.errors import UsageError
from warehouse.home import Home

WHOLE = """
[sign_in]
idle_minutes = 20

[network]
public_url = "https://doithoai.example.vn"
trusted_proxies = ["127.0.0.1"]

[oidc]
issuer = "https://sso.example.vn"
client_id = "doithoai"

[[grant]]
email = "An@example.vn"
role = "unit_steward"
unit = "347"

[[grant]]
group = "tham-dinh"
role = "reviewer"
text = true
"""


def _loaded(folder: Path, text: str) -> access_settings.AccessSettings:
    home = Home(folder)
    home.access_file.write_text(text, encoding="utf-8")
    return access_settings.load(home)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    found = access_settings.load(Home(tmp_path))
    assert (found.limits.idle, found.limits.absolute) == (timedelta(minutes=30), timedelta(hours=10))
    assert found.oidc is None
    assert not found.is_over_tls


def test_people_get_the_grants_of_their_verified_address_and_groups(tmp_path: Path) -> None:
    found = _loaded(tmp_path, WHOLE)
    steward, reviewer = Grant(Role.UNIT_STEWARD, "347"), Grant(Role.REVIEWER, text=True)
    assert found.is_over_tls
    assert found.grants_of("an@EXAMPLE.vn", []) == (steward,)
    assert found.grants_of("", ["tham-dinh", "khác"]) == (reviewer,)
    assert found.grants_of("an@example.vn", ["tham-dinh"]) == (steward, reviewer)
    assert found.grants_of("", []) == () == found.grants_of("binh@example.vn", ["tham"])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[sign_in]\nidle = 3", "sign_in.idle"),
        ("[sign_in]\nidle_minutes = 0", "sign_in.idle_minutes"),
        ('[sign_in]\nidle_minutes = "3"', "sign_in.idle_minutes"),
        ('[oidc]\nissuer = "https://x"', "oidc.client_id"),
        ('[network]\npublic_url = "doithoai.vn"', "network.public_url"),
        ('[[grant]]\nrole = "boss"\ngroup = "x"', "boss"),
        ('[[grant]]\nrole = "viewer"', "email"),
        ('[[grant]]\nrole = "viewer"\ngroup = "x"\nemail = "y@z"', "email"),
        ('[[grant]]\nrole = "unit_steward"\ngroup = "x"', "unit_steward"),
        ("not toml", "access.toml"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(UsageError, match=r"access\.toml") as fault:
        _loaded(tmp_path, text)
    assert named in fault.value.message
