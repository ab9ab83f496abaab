"""Taking the register away, as far as it was narrowed down."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from .exporting import as_json, as_table
from .limits import exports_limited
from .looked_for import search_of

FORMATS = {
    "csv": (as_table, "text/csv; charset=utf-8"),
    "json": (as_json, "application/json; charset=utf-8"),
}


@login_not_required
@require_safe
@exports_limited
def export(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """All that is found, however much it is; programs of other sites may read it as well."""
    if kind not in FORMATS:
        raise Http404
    write, media_type = FORMATS[kind]
    response = StreamingHttpResponse(write(search_of(request)), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="register-{timezone.localdate()}.{kind}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response
