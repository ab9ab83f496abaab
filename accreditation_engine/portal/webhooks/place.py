"""Whose addresses a page is about, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accreditation_engine.certificates.models import Endpoint
from accreditation_engine.organisations.models import Organisation, User


@dataclass(frozen=True)
class Place:
    """Addresses of the `organisation`, or of the body where there is none. `frame` is what the pages have at their
    head, `before` the breadcrumbs that lead to them."""

    person: User
    organisation: Organisation | None
    frame: Mapping[str, Any]
    before: tuple[Mapping[str, str], ...] = ()

    @property
    def url(self) -> str:
        if self.organisation is None:
            return reverse("webhooks")
        return reverse("organisation_webhooks", args=[self.organisation.pk])

    def url_of(self, endpoint: Endpoint) -> str:
        if self.organisation is None:
            return reverse("webhook", args=[endpoint.pk])
        return reverse("organisation_webhook", args=[self.organisation.pk, endpoint.pk])

    def endpoints(self) -> QuerySet[Endpoint]:
        owner = None if self.organisation is None else self.organisation.pk
        return Endpoint.objects.filter(organisation=owner).select_related("made_by", "organisation")
