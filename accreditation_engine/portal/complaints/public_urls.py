"""Concerns in the public register."""

from __future__ import annotations

from django.urls import path

from . import public_views

urlpatterns = [
    path("concerns/<str:secret>/", public_views.concern, name="concern"),
    path("<str:number>/complain/", public_views.complain, name="complain"),
]
