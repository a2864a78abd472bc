"""What every request passes and every answer carries, whatever the view: host, origin, CSRF token, headers.

A view cannot forget any of it, and none of it knows a view. The token of a form is bound to the sign-in (or, before
one, to a cookie that this door set); besides it the browser itself must say that the request came from our own page.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import socket
from hashlib import sha256
from urllib.parse import urlsplit

from flask import Flask, Response, g, request

from scope.errors import NotAllowed, NotUnderstood
from scope.settings import WebSettings
from web.house import here
from web.persons import cookie_name, is_program

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FORM_COOKIE = "form"
LARGEST_BODY, MOST_FIELDS = 1024 * 1024, 100
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "manifest-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HSTS = "max-age=63072000; includeSubDomains"


def install(app: Flask) -> None:
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_BODY, MAX_FORM_MEMORY_SIZE=LARGEST_BODY, MAX_FORM_PARTS=MOST_FIELDS)
    app.before_request(_check_host)
    app.before_request(_check_origin_and_token)
    app.after_request(_add_headers)
    app.after_request(_set_form_cookie)


def client_address() -> str:
    """Of the client; what a proxy says about it counts only from this machine, and only the proxy's own word."""
    direct = request.remote_addr or ""
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return forwarded if forwarded and is_loopback(direct) else direct


def csrf_token() -> str:
    """The token for the forms of this page."""
    return _token_for(_secret() or _new_secret())


def _check_host() -> None:
    """A name that is not ours is DNS rebinding: a stranger's page that borrows our address.

    Behind a proxy with TLS the name is its certificate's, unless the settings list the names themselves.
    """
    name, web = _host_name(request.host), here().settings.web
    if not (_is_address(name) or name in _own_names(web) or (web.behind_https and not _listed_names(web))):
        raise NotUnderstood(f"host {name!r} is not ours", code="host_unknown")


def _host_name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:  # a bracket that is never closed
        return ""


def _own_names(web: WebSettings) -> set[str]:
    machine = socket.gethostname().lower()
    bound = {_host_name(door) for door in (web.operators, web.visitors)}
    return {"localhost", machine, f"{machine.partition('.')[0]}.local"} | bound | _listed_names(web)


def _listed_names(web: WebSettings) -> set[str]:
    return set(str(getattr(web, "names", "")).lower().split())


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_loopback(address: str) -> bool:
    return _is_address(address) and ipaddress.ip_address(address).is_loopback


def _check_origin_and_token() -> None:
    if request.method in SAFE_METHODS or is_program():
        return  # a program's bearer token is nothing that a browser sends by itself
    if request.path.startswith("/api/") and cookie_name() not in request.cookies:
        return  # nothing here that could be abused; the route says that nobody is signed in
    if not _own_origin():
        raise NotAllowed("the request came from another origin", code="csrf_failed")
    secret = _secret()
    given = request.headers.get("X-CSRF-Token") or request.form.get("csrf_token", "")
    if not secret or not hmac.compare_digest(given.encode(), _token_for(secret).encode()):
        raise NotAllowed("the CSRF token is missing or wrong", code="csrf_failed")


def _own_origin() -> bool:
    """Both headers, where they are sent, must name this door; where neither is, no browser of today has sent it."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is None and origin is None:
        return False
    return site in (None, "same-origin") and origin in (None, *_own_origins())


def _own_origins() -> tuple[str, ...]:
    schemes = ("https",) if here().settings.web.behind_https else ("http", "https")
    return tuple(f"{scheme}://{request.host}" for scheme in schemes)


def _secret() -> str | None:
    return request.cookies.get(cookie_name()) or request.cookies.get(FORM_COOKIE) or getattr(g, "form_secret", None)


def _new_secret() -> str:
    g.form_secret = secrets.token_urlsafe(24)
    return str(g.form_secret)


def _token_for(secret: str) -> str:
    return hmac.new(secret.encode(), b"clubscope form", sha256).hexdigest()


def _set_form_cookie(response: Response) -> Response:
    if secret := getattr(g, "form_secret", None):
        secure = here().settings.web.behind_https
        response.set_cookie(FORM_COOKIE, secret, httponly=True, samesite="Strict", secure=secure)
    return response


def _add_headers(response: Response) -> Response:
    response.headers.update({name: value for name, value in HEADERS.items() if name not in response.headers})
    if here().settings.web.behind_https:
        response.headers["Strict-Transport-Security"] = HSTS
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store" if here().for_operators else "no-cache, private"
    if "public" not in response.headers["Cache-Control"]:
        response.vary.update(("Cookie", "Accept-Language"))
    return response
