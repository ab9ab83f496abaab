"""Schemes, and the pages of each."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.schemes, name="schemes"),
    path("<slug:name>/", views.scheme, name="scheme"),
    path("<slug:name>/agreement/", views.agreement, name="scheme_agreement"),
    path("<slug:name>/what-if/", views.what_if, name="scheme_what_if"),
]
