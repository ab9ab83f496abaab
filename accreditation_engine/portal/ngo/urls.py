"""The organisation's own work on its file."""

from __future__ import annotations

from django.urls import path

from . import arriving, expected_views, linking, preview_views, reusing, scope, views
from .copy import views as copy_views

urlpatterns = [
    path("", views.index, name="self_assessment"),
    path("code/", views.accept, name="accept_code"),
    path("scope/", scope.scope, name="state_scope"),
    path("preview/", preview_views.preview, name="preview_file"),
    path("copy/", copy_views.copy, name="own_copy"),
    path("expected/", expected_views.expected, name="expected_outcome"),
    path("<slug:rubric>/<slug:area>/", views.area, name="self_assessment_area"),
    path("<slug:rubric>/<slug:area>/<slug:criterion>/filed-already/", reusing.reuse, name="reuse_evidence"),
    path("<slug:rubric>/<slug:area>/<slug:criterion>/link/", linking.link, name="link_evidence"),
    path("<slug:rubric>/<slug:area>/<slug:criterion>/arriving/", arriving.arriving, name="arriving_files"),
    path(
        "<slug:rubric>/<slug:area>/<slug:criterion>/arriving/<uuid:arriving_pk>/",
        arriving.arriving_file,
        name="arriving_file",
    ),
]
