"""The pages of one dossier that all who see it share."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.overview, name="dossier"),
    path("answers/", views.overview, name="answers"),
    path("ratings/", views.overview, name="ratings"),
    path("trail/", views.overview, name="trail"),
]
