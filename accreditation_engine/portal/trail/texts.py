"""Notes and keys as plain text, for programs and for whoever keeps them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from accreditation_engine.trail.models import Checkpoint
from accreditation_engine.trail.transparency.checkpoints import verifier_keys
from accreditation_engine.trail.transparency.published import NotPublished, latest_published, published

MINUTE, YEAR = 60, 365 * 24 * 3600


@login_not_required
@csrf_exempt  # nothing but reading is answered, and a program reads "Allow" where a page would tell of forms
@require_safe
def latest_note(request: HttpRequest) -> HttpResponse:
    """The latest checkpoint, byte for byte as it was signed."""
    try:
        checkpoint = latest_published()
    except NotPublished as error:
        return _missing(error)
    return _kept(_note(checkpoint), MINUTE)


@login_not_required
@csrf_exempt  # nothing but reading is answered, and a program reads "Allow" where a page would tell of forms
@require_safe
def note(request: HttpRequest, size: int) -> HttpResponse:
    """The checkpoint of so many events. It never changes."""
    try:
        checkpoint = published(size)
    except NotPublished as error:
        return _missing(error)
    response = _kept(_note(checkpoint), YEAR)
    patch_cache_control(response, immutable=True)
    return response


@login_not_required
@csrf_exempt  # nothing but reading is answered, and a program reads "Allow" where a page would tell of forms
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Every key that ever signed, one a line, the newest first."""
    return _kept(_text("".join(f"{line}\n" for line in verifier_keys())), MINUTE)


def _note(checkpoint: Checkpoint) -> HttpResponse:
    response = _text(checkpoint.note)
    response["Last-Modified"] = http_date(checkpoint.at.timestamp())
    return response


def _text(content: str, status: int = 200) -> HttpResponse:
    return HttpResponse(content, status=status, content_type="text/plain; charset=utf-8")


def _missing(error: NotPublished) -> HttpResponse:
    return _text(f"{error}\n", 404)


def _kept(response: HttpResponse, seconds: int) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=seconds)
    response["X-Content-Type-Options"] = "nosniff"
    response["Access-Control-Allow-Origin"] = "*"
    return response
