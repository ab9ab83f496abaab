"""What programs read of certificates: who signs, each credential, and the lists of those that do not hold."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from accreditation_engine.certificates.basis import basis_changed
from accreditation_engine.certificates.credential.did import did_of, document
from accreditation_engine.certificates.finished.finishing import paper_to_give
from accreditation_engine.certificates.keys.keeping import every
from accreditation_engine.certificates.keys.models import CREDENTIAL, PAPER
from accreditation_engine.certificates.models import StatusList
from accreditation_engine.certificates.queries import certificate_by_number
from accreditation_engine.portal.unchanged import ACROSS_SITES

MINUTE = 60
SOON = 30  # seconds after which a paper that is being made is there
CREDENTIAL_TYPE = "application/vc"


@login_not_required
@csrf_exempt  # nothing but reading is answered, and a program reads "Allow" where a page would tell of forms
@require_safe
def did(request: HttpRequest) -> HttpResponse:
    """The body's name among programs, with every key that ever signed credentials."""
    keys = [each.public for each in every(CREDENTIAL)]
    return _answer(document(did_of(settings.SITE_URL), keys), "application/did+json")


@login_not_required
@csrf_exempt  # as above
@require_safe
def paper_keys(request: HttpRequest) -> HttpResponse:
    """The certificates of every key that ever signed papers, the newest first, each with its root."""
    chains = [each.chain for each in every(PAPER)]
    return _kept(HttpResponse("".join(chains), content_type="application/x-pem-file"))


@login_not_required
@csrf_exempt  # as above
@require_safe
def status_list(request: HttpRequest, purpose: str, number: int) -> HttpResponse:
    """A list of bits, signed: which certificates are withdrawn, or suspended."""
    found = get_object_or_404(StatusList, purpose=purpose.replace("\0", ""), number=number)
    return _kept(HttpResponse(found.document, content_type=CREDENTIAL_TYPE))


@login_not_required
@csrf_exempt  # as above
@require_safe
def credential(request: HttpRequest, number: str) -> HttpResponse:
    """The credential that the paper of a certificate carries."""
    certificate = certificate_by_number(number)
    if certificate is None:
        raise Http404("no such certificate")
    if basis_changed(certificate):
        return _refused(HTTPStatus.CONFLICT, "basis_changed")
    paper = paper_to_give(certificate)
    if paper is None:
        response = _refused(HTTPStatus.SERVICE_UNAVAILABLE, "being_made")
        response["Retry-After"] = str(SOON)
        return response
    return _kept(HttpResponse(paper.credential, content_type=CREDENTIAL_TYPE))


def _refused(status: HTTPStatus, code: str) -> HttpResponse:
    """A problem as RFC 9457 has it."""
    problem = {"status": int(status), "code": code, "title": status.phrase}
    return HttpResponse(json.dumps(problem), status=status, content_type="application/problem+json")


def _answer(content: dict[str, Any], content_type: str) -> HttpResponse:
    return _kept(HttpResponse(json.dumps(content, ensure_ascii=False, indent=1), content_type=content_type))


def _kept(response: HttpResponse) -> HttpResponse:
    response[ACROSS_SITES] = "*"
    patch_cache_control(response, public=True, max_age=MINUTE)
    return response
