"""The profile of one organisation."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.profile, name="organisation_profile"),
    path("documents/<uuid:document_pk>/", views.document, name="organisation_document"),
]
