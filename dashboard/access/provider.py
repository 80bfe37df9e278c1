"""Sign-in with an OpenID Connect provider: authorization code with PKCE, state and nonce (Authlib)."""

import json
from collections.abc import Mapping
from typing import Any

from authlib.integrations.base_client.errors import OAuthError  # type: ignore[import-untyped]
from authlib.integrations.starlette_client import OAuth  # type: ignore[import-untyped]
from httpx2 import HTTPError
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import Response

from dashboard.access.door import Door
from warehouse.access.accounts import SignInRefused
from warehouse.access.audit import Action, Actor
from warehouse.access.roles import Person

SIGN_IN_FAILED = (OAuthError, HTTPError, JoseError, SignInRefused, ValueError)
"""What a sign-in can fail with: refused by the provider, provider out of reach, token invalid, no role."""

SCOPE = "openid email profile"


class ProviderSignIn:
    """Sign-in with the provider of the home's settings."""

    def __init__(self, door: Door, back: str) -> None:
        provider = door.settings.oidc
        if provider is None:
            raise ValueError("no provider")
        self._door, self._back, self._groups = door, back, provider.groups_claim
        self._client = OAuth().register(
            "provider",
            client_id=provider.client_id,
            client_secret=door.client_secret or None,
            server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={"scope": SCOPE, "code_challenge_method": "S256"},
        )

    async def redirect(self, request: Request) -> Response:
        """Return the redirect to the provider."""
        response: Response = await self._client.authorize_redirect(request, self._address(request))
        return response

    async def sign_in(self, request: Request, origin: str) -> str:
        """Return the cookie of a new session; raise SignInRefused if the person has no role."""
        token = await self._client.authorize_access_token(request)
        claims = await self._claims(token)
        kept = {"email": verified_email(claims), "groups": claims.get(self._groups) or []}
        grants = self._door.grants_of(kept)
        person = Person(_id(claims), str(claims.get("name") or kept["email"] or claims["sub"]), grants)
        if not grants:
            self._door.record(Actor(person.id, "", origin), Action.SIGN_IN_FAILED)
            raise SignInRefused("Tài khoản này chưa được cấp quyền xem.", "Đề nghị người quản trị cấp quyền.")
        return self._door.begin(person, origin, claims=json.dumps(kept))

    async def _claims(self, token: Mapping[str, Any]) -> dict[str, Any]:
        """Return the claims of the ID token, with those of the provider's user info if it has an endpoint for it."""
        claims = dict(token["userinfo"])
        metadata = await self._client.load_server_metadata()
        if metadata.get("userinfo_endpoint"):
            more = await self._client.userinfo(token=token)
            if more.get("sub") == claims["sub"]:
                claims = {**more, **claims}
        return claims

    def _address(self, request: Request) -> str:
        public = self._door.settings.network.public_url or str(request.base_url).rstrip("/")
        return f"{public}{self._back}"


def verified_email(claims: Mapping[str, Any]) -> str:
    """Return the e-mail address if the provider says that it is verified, else ''."""
    return str(claims.get("email") or "") if claims.get("email_verified") is True else ""


def _id(claims: Mapping[str, Any]) -> str:
    """Return a stable id that no local account can have: subject and issuer."""
    return f"{claims['sub']}@{claims['iss']}"
