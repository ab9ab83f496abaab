"""Reading the whole file once more, signing, and submitting it."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.parts import READS_ONLY
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.words import words_for_applicants
from accreditation_engine.portal.dossier.states import shown_title

from .applicant import applicant
from .preview import Signing, preview_page, sign, submission


@words_for_applicants()
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file as reviewers will read it; once it is handed in there is nothing to sign, and the answers are read
    where everybody reads them."""
    reader = applicant(request, pk)
    step = submission(reader)
    if step is None:
        if request.method == "POST" and not reader.acts("applicant"):
            messages.error(request, str(Reason(READS_ONLY)))
        elif request.method == "POST":
            messages.info(request, _("This file has been handed in already. Nothing was sent twice."))
            return redirect("dossier", pk=pk)
        return redirect("answers", pk=pk)
    signing = sign(request, reader, step) if request.method == "POST" else Signing()
    if request.method != "POST" or signing.refused:
        status = HTTPStatus.CONFLICT if signing.refused else HTTPStatus.OK
        return render(request, "portal/preview_file.html", preview_page(reader, step, signing), status=status)
    state = shown_title(reader.scheme, reader.dossier.state, outside=reader.outside)
    words = _("Signed and handed in by %(name)s. The state is now “%(state)s”.")
    messages.success(request, words % isolated({"name": str(reader.person), "state": state}))
    return redirect("dossier", pk=pk)
