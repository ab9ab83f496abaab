"""The certificate of a scheme as a specimen, for those who see to its template."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accreditation_engine.certificates.finished.specimen import SAMPLES, specimen
from accreditation_engine.certificates.paper.typesetting import TypesettingError
from accreditation_engine.portal.people import signed_in
from accreditation_engine.uploads.previews import MEDIA_TYPE, drawn

from .access import Viewer, must, viewer_of
from .frame import frame
from .specimen_page import specimen_page


@require_safe
def scheme_certificate(request: HttpRequest, name: str) -> HttpResponse:
    viewer = _viewer(request, name)
    context = {**frame(viewer, "scheme_certificate"), **specimen_page(viewer)}
    return render(request, "portal/scheme_certificate.html", context)


@require_safe
def specimen_pdf(request: HttpRequest, name: str, sample: str) -> HttpResponse:
    response = HttpResponse(_specimen(request, name, sample), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="specimen-{name}.pdf"'
    return response


@require_safe
def specimen_picture(request: HttpRequest, name: str, sample: str) -> HttpResponse:
    page = _specimen(request, name, sample)
    picture = drawn(BytesIO(page), sha256=sha256(page).hexdigest(), media_type="application/pdf")
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type=MEDIA_TYPE)


def _viewer(request: HttpRequest, name: str) -> Viewer:
    viewer = viewer_of(signed_in(request), name)
    must(viewer.sees_specimens)
    return viewer


def _specimen(request: HttpRequest, name: str, sample: str) -> bytes:
    viewer = _viewer(request, name)
    wanted = next((each for each in SAMPLES if each == sample), None)
    if wanted is None:
        raise Http404
    try:
        return specimen(viewer.compiled, wanted)
    except TypesettingError as error:
        raise Http404 from error
