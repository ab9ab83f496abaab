"""The addresses of an organisation, for its owners: whoever knows the secret could tell lies to its systems."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.organisations.models import Standing
from accreditation_engine.organisations.queries import organisations_of
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.people import signed_in

from .acts import all_of, one_of
from .place import Place


@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest, pk: UUID) -> HttpResponse:
    return all_of(request, _of_organisation(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def webhook(request: HttpRequest, pk: UUID, webhook_pk: UUID) -> HttpResponse:
    return one_of(request, _of_organisation(request, pk), webhook_pk)


def _of_organisation(request: HttpRequest, pk: UUID) -> Place:
    """For others than its owners there is no such page."""
    person = signed_in(request)
    owned = organisations_of(person, Standing.OWNER)
    organisation = get_object_or_404(owned, pk=pk)
    name, people = organisation.name_in(language()), reverse("colleagues", args=[pk])
    crumbs = (
        {"title": _("Organisations that you act for"), "url": reverse("organisations")},
        {"title": name, "url": people},
    )
    return Place(person, organisation, {"head": {"eyebrow": name}}, crumbs)
