"""The organisation's own work on its file."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.index, name="self_assessment"),
    path("code/", views.accept, name="accept_code"),
    path("<slug:rubric>/<slug:area>/", views.area, name="self_assessment_area"),
]
