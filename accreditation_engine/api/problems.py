"""How a request is refused: application/problem+json (RFC 9457), whatever refused it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from http import HTTPStatus
from json import JSONDecodeError
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, Throttled, ValidationError

from accreditation_engine.trail.transparency.published import NotPublished, Unreadable

HERE = "/api/"
MEDIA_TYPE = "application/problem+json"
READ_ON, PIECE = 2**24, 2**16
"""So many bytes of a body that is too long are read, in pieces, before it is refused."""
ACROSS_SITES = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After, Idempotency-Replayed, Deprecation, Sunset, Link",
}
"""Pages of other sites may ask: nothing here goes by cookies, and a token they have to be given."""
ASKED_BEFORE = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": (
        "Authorization, Content-Type, Accept-Language, Idempotency-Key, If-None-Match"
    ),
    "Access-Control-Max-Age": "86400",
}
Answer = Callable[[HttpRequest], HttpResponse]


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A request that is refused as `problem` says, from wherever it is found out."""

    def __init__(self, status: int, code: str, detail: str, **more: Any) -> None:
        self.status, self.code, self.detail, self.more = status, code, detail, more
        super().__init__(detail)


class Problem(Schema):
    """`code` names the problem for programs and never changes; `title` and `detail` are for people, in the
    language that Accept-Language asks for. `errors` names values that cannot be read, and the rule each breaks;
    `reasons` has all that stands against a step, each with its own `code` and `text`."""

    type: str
    code: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = None
    reasons: list[dict[str, str]] | None = None

    model_config = {
        "json_schema_extra": {
            "example": {
                "type": "urn:problem:no-such-event",
                "code": "no-such-event",
                "title": "Not found",
                "status": 404,
                "detail": "The trail knows no event with this hash. Compare it digit by digit.",
            }
        }
    }


def problem(status: int, code: str, detail: str, **more: Any) -> HttpResponse:
    content = {
        "type": f"urn:problem:{code}",
        "code": code,
        "title": _title(status),
        "status": status,
        "detail": detail,
        **more,
    }
    response = JsonResponse(
        content, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )
    patch_cache_control(response, no_store=True)
    return response


def _title(status: int) -> str:
    titles = {
        400: _("Bad request"),
        401: _("Not signed in"),
        403: _("Not allowed"),
        404: _("Not found"),
        405: _("Not this method"),
        409: _("This was not done"),
        413: _("Too large"),
        422: _("Cannot be read"),
        429: _("Too many requests"),
        500: _("Our fault"),
    }
    return titles.get(status) or HTTPStatus(status).phrase


def _details() -> Mapping[int, tuple[str, str]]:
    """What to say where nothing closer is known."""
    return {
        400: ("bad-request", _("The request makes no sense as it was sent.")),
        403: ("not-allowed", _("You may not see this.")),
        404: ("no-such-address", _("Nothing is at this address; /api/v1/openapi.json lists all there are.")),
        405: ("not-this-method", _("This address cannot be asked so; /api/v1/openapi.json says how.")),
        500: ("our-fault", _("Something went wrong on our side. It has been written down; try again later.")),
    }


def as_problems(get_response: Answer) -> Answer:
    """Whatever refuses a program, Django or the API, does it as a problem; and pages of other sites may ask as
    programs do."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(HERE):
            return get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={**ACROSS_SITES, **ASKED_BEFORE})
        response = (
            _without_content(get_response, request) if request.method == "HEAD" else get_response(request)
        )
        if response.status_code >= HTTPStatus.BAD_REQUEST and response["Content-Type"] != MEDIA_TYPE:
            response = _instead_of(response)
        for name, value in ACROSS_SITES.items():
            response[name] = value
        return response

    return middleware


def _without_content(get_response: Answer, request: HttpRequest) -> HttpResponse:
    """What GET would say of itself; the API's own addresses know GET alone."""
    request.method = "GET"
    response = get_response(request)
    request.method = "HEAD"
    return response


def _instead_of(response: HttpResponse) -> HttpResponse:
    status = response.status_code
    code, detail = _details().get(status, ("refused", HTTPStatus(status).phrase))
    instead = problem(status, code, detail)
    if "Allow" in response:
        instead["Allow"] = response["Allow"].replace("GET", "GET, HEAD")
    return instead


def answer_with_problems(api: NinjaAPI) -> None:
    """Have `api` refuse as this file says."""

    @api.exception_handler(NotPublished)
    def _not_published(_request: HttpRequest, error: NotPublished) -> HttpResponse:
        return problem(422 if isinstance(error, Unreadable) else 404, error.code, str(error))

    @api.exception_handler(Refusal)
    def _refusal(_request: HttpRequest, error: Refusal) -> HttpResponse:
        response = problem(error.status, error.code, error.detail, **error.more)
        if error.status == HTTPStatus.UNAUTHORIZED:
            response["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(ValidationError)
    def _not_valid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [{"value": str(each["loc"][-1]), "rule": str(each["type"])} for each in error.errors]
        names = _(", ").join(dict.fromkeys(each["value"] for each in errors))
        detail = _("These values are missing or cannot be read: %(names)s.") % {"names": names}
        return problem(422, "not-readable", detail, errors=errors)

    @api.exception_handler(Throttled)
    def _throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
        seconds = max(1, math.ceil(error.wait or 1))
        detail = (
            _("So many requests come with this token that this one waits; try again in %(seconds)d s.")
            if getattr(request, "auth", None)
            else _("So many requests come from your address that this one waits; try again in %(seconds)d s.")
        )
        response = problem(429, "too-many-requests", detail % {"seconds": seconds})
        response["Retry-After"] = str(seconds)
        return response

    _answer_bodies(api)


def _answer_bodies(api: NinjaAPI) -> None:
    """Those that cannot be taken, which is all that the API itself calls a bad request."""

    @api.exception_handler(RequestDataTooBig)
    def _too_large(request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
        _read_on(request)
        detail = _("What was sent is longer than %(most)d bytes, the most that is taken.")
        return problem(413, "too-large", detail % {"most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE})

    @api.exception_handler(HttpError)
    def _http_error(_request: HttpRequest, error: HttpError) -> HttpResponse:
        code, detail = _details().get(error.status_code, ("refused", error.message))
        if error.status_code == HTTPStatus.BAD_REQUEST:
            detail = _no_json(error.__cause__)
        return problem(error.status_code, code, detail)


def _read_on(request: HttpRequest) -> None:
    """A server closes the connection of what was not read, and with it the next request that is on its way."""
    left = READ_ON
    while left > 0 and (piece := request.read(min(left, PIECE))):
        left -= len(piece)


def _no_json(why: BaseException | None) -> str:
    if isinstance(why, JSONDecodeError):
        detail = _("What was sent is no JSON that can be read: see line %(line)d, column %(column)d.")
        return detail % {"line": why.lineno, "column": why.colno}
    return _("What was sent is no JSON that can be read. Send an object in UTF-8, as openapi.json has it.")
