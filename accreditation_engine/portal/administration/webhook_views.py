"""The addresses of the body that are told, for administrators of every scheme."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.portal.webhooks.acts import all_of, one_of
from accreditation_engine.portal.webhooks.place import Place

from .access import of_every_scheme
from .frame import frame


@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    return all_of(request, _of_the_body(request))


@require_http_methods(["GET", "HEAD", "POST"])
def webhook(request: HttpRequest, webhook_pk: UUID) -> HttpResponse:
    return one_of(request, _of_the_body(request), webhook_pk)


def _of_the_body(request: HttpRequest) -> Place:
    reader = of_every_scheme(request)
    head = {"head": {"eyebrow": _("Administration")}}
    return Place(reader.person, None, {**frame(reader, "webhooks"), **head})
