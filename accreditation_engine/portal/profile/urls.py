"""The profile of one organisation."""

from __future__ import annotations

from django.urls import path

from . import arriving, looking, views

urlpatterns = [
    path("", views.profile, name="organisation_profile"),
    path("arriving/<slug:document>/", arriving.document_files, name="document_files"),
    path("arriving/<slug:document>/<uuid:arriving_pk>/", arriving.document_file, name="document_file"),
    path("documents/<uuid:document_pk>/", views.document, name="organisation_document"),
    path("documents/<uuid:document_pk>/preview/", looking.document_preview, name="document_preview"),
    path("documents/<uuid:document_pk>/preview/<int:page>/", looking.document_page, name="document_page"),
]
