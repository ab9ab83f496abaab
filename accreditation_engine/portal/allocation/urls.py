"""Reviewers: who they are, what they take, and draws for many files. The draw for one is among its own pages."""

from __future__ import annotations

from django.urls import path

from . import many_views, profile_views

urlpatterns = [
    path("", profile_views.reviewers, name="reviewers"),
    path("draw/", many_views.draw_many, name="draw_many"),
    path("<uuid:pk>/", profile_views.reviewer, name="reviewer"),
]
