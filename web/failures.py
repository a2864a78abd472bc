"""What a request that went wrong is answered: JSON under /api, a page elsewhere, never a trace of our insides.

The one place of the web that catches everything: the traceback goes to the log under a number, and the number to the
person.
"""

from __future__ import annotations

import logging
import secrets
from http import HTTPStatus

from flask import Flask, Response, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from scope.errors import ScopeError
from scope.log.database import DatabaseAway
from web.answers import Answer, answer_to, sentence

log = logging.getLogger(__name__)

_OF_HTTP = {404: "not_found", 405: "method_unknown", 413: "too_large", 415: "not_json"}


def install(app: Flask) -> None:
    app.register_error_handler(ScopeError, _refused)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _broken)


def _refused(error: ScopeError) -> Response:
    answer = answer_to(error)
    if answer.code == "not_signed_in" and not _for_program():
        at = request.full_path.rstrip("?") if request.method == "GET" else "/"
        return make_response(redirect(url_for("sign_in.form", next=at), HTTPStatus.SEE_OTHER))
    response = _answered(answer)
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = str(round(float(answer.details.get("retry_after_seconds") or 900)))
    if answer.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _of_http(error: HTTPException) -> Response:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return make_response(error.get_response())
    code = _OF_HTTP.get(error.code, "bad_request")
    response = _answered(Answer(error.code, code, sentence(code, {}), {}))
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(allowed)
    return response


def _broken(error: Exception) -> Response:
    """The log gets the traceback; the person gets the number to find it by."""
    error_id = secrets.token_hex(4)
    log.error("request failed, number %s: %s %s", error_id, request.method, ascii(request.path), exc_info=error)
    status, code = HTTPStatus.INTERNAL_SERVER_ERROR, "broken"
    if isinstance(error, DatabaseAway):
        status, code = HTTPStatus.SERVICE_UNAVAILABLE, "database_unusable"
    details = {"error_id": error_id}
    return _answered(Answer(int(status), code, sentence(code, details), details), error_id)


def _for_program() -> bool:
    return request.path.startswith("/api/")


def _answered(answer: Answer, error_id: str | None = None) -> Response:
    if _for_program():
        response = jsonify(answer.as_json())
    else:
        page = render_template("error.html", code=answer.code, sentence=answer.sentence, error_id=error_id)
        response = make_response(page)
    response.status_code = answer.status
    response.headers["Cache-Control"] = "no-store"
    return response
