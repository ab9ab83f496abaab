"""The organisation's own work on its file."""

from __future__ import annotations

from django.urls import path

from . import expected_views, preview_views, views

urlpatterns = [
    path("", views.index, name="self_assessment"),
    path("code/", views.accept, name="accept_code"),
    path("preview/", preview_views.preview, name="preview_file"),
    path("expected/", expected_views.expected, name="expected_outcome"),
    path("<slug:rubric>/<slug:area>/", views.area, name="self_assessment_area"),
]
