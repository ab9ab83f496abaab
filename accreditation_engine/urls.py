"""The addresses of the site."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

handler404 = "accreditation_engine.portal.errors.page_not_there"
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("accreditation_engine.api.urls")),
    path("", include("accreditation_engine.portal.urls")),
]
