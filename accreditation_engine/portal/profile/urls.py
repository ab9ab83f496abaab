"""The profile of one organisation."""

from __future__ import annotations

from django.urls import path

from . import arriving, views

urlpatterns = [
    path("", views.profile, name="organisation_profile"),
    path("arriving/<slug:document>/", arriving.document_files, name="document_files"),
    path("arriving/<slug:document>/<uuid:arriving_pk>/", arriving.document_file, name="document_file"),
    path("documents/<uuid:document_pk>/", views.document, name="organisation_document"),
]
