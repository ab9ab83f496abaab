"""The list of concerns."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.concerns, name="concerns"),
    path("export.csv", views.concerns_export, name="concerns_export"),
]
