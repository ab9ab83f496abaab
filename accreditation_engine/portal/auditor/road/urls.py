"""The road of a file."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [path("", views.road, name="dossier_road")]
