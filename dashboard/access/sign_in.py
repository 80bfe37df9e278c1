"""The routes of sign-in, account and sign-out: small pages of their own, served before Streamlit."""

from collections.abc import Mapping
from urllib.parse import parse_qs, quote, urlsplit

from anyio import to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.access import sign_in_pages as pages
from dashboard.access.door import Door
from dashboard.access.headers import WATCH
from dashboard.access.provider import SIGN_IN_FAILED, ProviderSignIn
from warehouse.access.accounts import SignInRefused
from warehouse.access.sessions import Session
from warehouse.errors import DoithoaiError

SIGN_IN, ACCOUNT, SIGN_OUT, PASSWORD, ALIVE = "/dang-nhap", "/tai-khoan", "/dang-xuat", "/doi-mat-khau", "/phien"
PROVIDER, PROVIDER_BACK = "/dang-nhap/tinh", "/dang-nhap/tinh/xong"
OPEN = frozenset({SIGN_IN, PROVIDER, PROVIDER_BACK, ALIVE, WATCH})
"""Routes that need no session."""

OWN = OPEN | {ACCOUNT, SIGN_OUT, PASSWORD}
LONGEST_FORM = 10_000
"""Bytes of a form that is read."""

_NO_STORE = {"cache-control": "no-store"}


class SignIn:
    """The routes, as one ASGI application; the gate calls it with the session in the scope."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._provider = ProviderSignIn(door, PROVIDER_BACK) if door.settings.oidc else None
        routes = [
            Route(SIGN_IN, self._show),
            Route(SIGN_IN, self._enter, methods=["POST"]),
            Route(PROVIDER, self._to_provider),
            Route(PROVIDER_BACK, self._from_provider),
            Route(ACCOUNT, self._account),
            Route(PASSWORD, self._account),
            Route(PASSWORD, self._new_password, methods=["POST"]),
            Route(SIGN_OUT, self._leave, methods=["POST"]),
            Route(ALIVE, self._alive),
            Route(WATCH, lambda _: Response(pages.WATCH_SCRIPT, media_type="text/javascript")),
        ]
        state = Middleware(
            SessionMiddleware,
            secret_key=f"provider:{door.secret}",
            session_cookie="doithoai-oidc",
            max_age=600,
            path="/dang-nhap",
            same_site="lax",
            https_only=door.settings.is_over_tls,
        )
        self.app = Starlette(routes=routes, middleware=[state])

    def serves(self, path: str) -> bool:
        """Return whether a path is one of these routes."""
        return path in OWN

    def is_open(self, path: str) -> bool:
        """Return whether a path needs no session."""
        return path in OPEN

    async def _show(self, request: Request) -> Response:
        target = local_target(request.query_params.get("tiep", ""))
        if _session(request) is not None:
            return RedirectResponse(target, 303)
        return await self._page("", target)

    async def _page(self, fault: str, target: str, status: int = 200) -> Response:
        has_accounts = await to_thread.run_sync(self._door.has_accounts)
        provider = self._door.settings.oidc
        text = pages.sign_in(
            fault,
            action=f"{SIGN_IN}?tiep={quote(target, safe='')}",
            has_accounts=has_accounts or provider is None,
            provider=provider.label if provider else "",
            provider_address=f"{PROVIDER}?tiep={quote(target, safe='')}",
        )
        return HTMLResponse(text, status, _NO_STORE)

    async def _enter(self, request: Request) -> Response:
        form, target = await _form(request), local_target(request.query_params.get("tiep", ""))
        name, password = form.get("ten", ""), form.get("mat-khau", "")
        try:
            cookie = await to_thread.run_sync(self._door.sign_in, name, password, _origin(request))
        except SignInRefused as error:
            return await self._page(str(error), target, 401)
        return self._with_cookie(RedirectResponse(target, 303, _NO_STORE), cookie)

    async def _to_provider(self, request: Request) -> Response:
        if self._provider is None:
            return RedirectResponse(SIGN_IN, 303)
        request.session["tiep"] = local_target(request.query_params.get("tiep", ""))
        try:
            return await self._provider.redirect(request)
        except SIGN_IN_FAILED as error:
            return await self._page(pages.provider_fault(error), "/", 502)

    async def _from_provider(self, request: Request) -> Response:
        if self._provider is None:
            return RedirectResponse(SIGN_IN, 303)
        target = local_target(request.session.pop("tiep", "/"))
        try:
            cookie = await self._provider.sign_in(request, _origin(request))
        except SIGN_IN_FAILED as error:
            return await self._page(pages.provider_fault(error), target, 401)
        return self._with_cookie(RedirectResponse(target, 303, _NO_STORE), cookie)

    async def _account(self, request: Request) -> Response:
        return self._account_page(_known(request), "", 200)

    def _account_page(self, session: Session, fault: str, status: int) -> Response:
        text = pages.account(
            session.person,
            fault,
            sign_out=SIGN_OUT,
            password="" if session.claims else PASSWORD,
            is_first=session.is_first,
        )
        return HTMLResponse(text, status, _NO_STORE)

    async def _new_password(self, request: Request) -> Response:
        session, form = _known(request), await _form(request)
        old, new, again = (form.get(name, "") for name in ("mat-khau", "mat-khau-moi", "nhac-lai"))
        if new != again:
            return self._account_page(session, pages.DIFFERENT, 400)
        try:
            cookie = await to_thread.run_sync(self._door.change_password, session, old, new, _origin(request))
        except DoithoaiError as error:
            return self._account_page(session, str(error), 400)
        return self._with_cookie(RedirectResponse("/", 303, _NO_STORE), cookie)

    async def _leave(self, request: Request) -> Response:
        self._door.end(_known(request), _origin(request))
        response = RedirectResponse(SIGN_IN, 303, _NO_STORE | {"clear-site-data": '"cache", "storage"'})
        response.delete_cookie(self._door.cookie, path="/", secure=self._door.settings.is_over_tls, httponly=True)
        return response

    async def _alive(self, request: Request) -> Response:
        """Say whether the session is alive, without prolonging it."""
        return PlainTextResponse("", 401 if _session(request) is None else 204, _NO_STORE)

    def _with_cookie(self, response: Response, value: str) -> Response:
        response.set_cookie(
            self._door.cookie,
            value,
            path="/",
            secure=self._door.settings.is_over_tls,
            httponly=True,
            samesite="lax",
        )
        return response


def local_target(written: str) -> str:
    """Return an address inside this site; the first page for any other."""
    parts = urlsplit(written)
    is_local = written.startswith("/") and not written.startswith(("//", "/\\")) and not parts.netloc
    return written if is_local and written.isprintable() else "/"


def _session(request: Request) -> Session | None:
    found: Session | None = request.scope.get("doithoai.session")
    return found


def _known(request: Request) -> Session:
    """Return the session of a route that the gate opens only to people who are signed in."""
    session = _session(request)
    if session is None:
        raise ValueError(request.url.path)
    return session


def _origin(request: Request) -> str:
    return request.client.host if request.client else ""


async def _form(request: Request) -> Mapping[str, str]:
    """Return the fields of a form; those of one that is too long are not read."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_FORM:
            return {}
    return {name: values[0] for name, values in parse_qs(body.decode(errors="replace"), keep_blank_values=True).items()}
