"""Taking a copy away."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from accreditation_engine.portal.ngo.applicant import applicant

from .making import entries
from .packing import packed


@require_safe
def copy(request: HttpRequest, pk: UUID) -> StreamingHttpResponse:
    """Everything that the organisation has in its file and may see of it: a zip, packed while it is sent."""
    reader = applicant(request, pk)
    response = StreamingHttpResponse(packed(entries(reader)), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{reader.dossier.number}.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
