"""The schemes, and the pages of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accreditation_engine.portal.people import parts_of, signed_in

from .access import must, schemes_of, viewer_of, watches
from .agreeing import agreement as agreement_of
from .described import drawing, editions, rubrics
from .frame import frame
from .listed import scheme_table
from .planning import Plan


@require_safe
def schemes(request: HttpRequest) -> HttpResponse:
    """Every scheme over which the reader watches."""
    person = signed_in(request)
    must(watches(parts_of(person)))
    context = {"head": {"title": _("Schemes")}, "table": scheme_table(schemes_of(person))}
    return render(request, "portal/schemes.html", context)


@require_safe
def scheme(request: HttpRequest, name: str) -> HttpResponse:
    """The open edition of one scheme, and the others."""
    viewer = viewer_of(signed_in(request), name)
    context = {
        **frame(viewer, "scheme"),
        "drawing": drawing(viewer.compiled),
        "rubrics": rubrics(viewer.compiled),
        "editions": editions(viewer.scheme),
    }
    return render(request, "portal/scheme.html", context)


@require_safe
def agreement(request: HttpRequest, name: str) -> HttpResponse:
    """How far the reviewers of a scheme agree, for those whose ratings are not among them."""
    viewer = viewer_of(signed_in(request), name)
    must(viewer.compares)
    context = {
        **frame(viewer, "scheme_agreement"),
        **agreement_of(name),
        "empty": {
            "title": _("There is nothing to compare yet"),
            "sentence": _(
                "Agreement is computed as soon as a file is decided of which two reviewers have sent their"
                " reviews. Ask two reviewers for each file to be able to compare them."
            ),
            "action": {"title": _("To the files"), "url": reverse("files")},
        },
    }
    return render(request, "portal/scheme_agreement.html", context)


@require_safe
def what_if(request: HttpRequest, name: str) -> HttpResponse:
    """What other weights and thresholds would do to all that was judged."""
    viewer = viewer_of(signed_in(request), name)
    must(viewer.plans)
    plan = Plan(viewer, request.GET)
    if plan.shorter is not None:
        return redirect(f"{request.path}?{plan.shorter}")
    return render(
        request, "portal/scheme_what_if.html", {**frame(viewer, "scheme_what_if"), **plan.context()}
    )
