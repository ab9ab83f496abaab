"""Schemes, and the pages of each."""

from __future__ import annotations

from django.urls import path

from . import specimen_views, views

urlpatterns = [
    path("", views.schemes, name="schemes"),
    path("<slug:name>/", views.scheme, name="scheme"),
    path("<slug:name>/agreement/", views.agreement, name="scheme_agreement"),
    path("<slug:name>/what-if/", views.what_if, name="scheme_what_if"),
    path("<slug:name>/certificate/", specimen_views.scheme_certificate, name="scheme_certificate"),
    path("<slug:name>/certificate/<str:sample>.pdf", specimen_views.specimen_pdf, name="specimen_pdf"),
    path(
        "<slug:name>/certificate/<str:sample>.webp", specimen_views.specimen_picture, name="specimen_picture"
    ),
]
