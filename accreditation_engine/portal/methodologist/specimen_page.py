"""What the certificates of a scheme look like, before any is issued."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation_engine.certificates.finished.specimen import SAMPLES, Sample, specimen
from accreditation_engine.certificates.finished.template import template_of
from accreditation_engine.certificates.paper.typesetting import TypesettingError
from accreditation_engine.engine.isolates import isolated

from .access import Viewer

Context = dict[str, Any]
TITLES: dict[Sample, Any] = {
    "western": gettext_lazy("With the digits 0-9"),
    "arabic-indic": gettext_lazy("With the digits ٠-٩ in the Arabic half"),
    "long": gettext_lazy("With names as long as they may be, and no end date"),
}


def specimen_page(viewer: Viewer) -> Context:
    """The context of portal/scheme_certificate.html. Each page is set once, to see whether it can be."""
    name = viewer.scheme.name
    template = template_of(name)
    words = (
        _("Set with the body's own template %(name)s.")
        if template.own
        else _("Set with the shipped template.")
    )
    return {
        "template": words % isolated({"name": template.path.name}) if template.own else words,
        "own_name": f"{name}.typ",
        "samples": [_shown(viewer, each) for each in SAMPLES],
    }


def _shown(viewer: Viewer, sample: Sample) -> Context:
    shown: Context = {"title": TITLES[sample]}
    try:
        specimen(viewer.compiled, sample)
    except TypesettingError as error:
        notice = {
            "kind": "error",
            "title": _("The template makes no certificate here"),
            "text": _("Until it is mended, no certificate of this scheme is finished; none leaves wrong."),
        }
        return shown | {
            "notice": notice,
            "message": error.words,
            "detail": error.detail,
        }
    address = [viewer.scheme.name, sample]
    return shown | {
        "picture": reverse("specimen_picture", args=address),
        "pdf": reverse("specimen_pdf", args=address),
    }
