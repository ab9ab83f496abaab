"""A reviewer's work on a file."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.index, name="review"),
    path("<slug:rubric>/<slug:area>/", views.area, name="review_area"),
]
