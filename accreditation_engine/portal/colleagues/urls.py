"""Registering an organisation, and who acts for it."""

from __future__ import annotations

from django.urls import path

from . import joining, views

urlpatterns = [
    path("", views.organisations, name="organisations"),
    path("new/", views.found, name="found_organisation"),
    path("join/<str:token>/", joining.join_organisation, name="join_organisation"),
    path("<uuid:pk>/people/", views.colleagues, name="colleagues"),
]
