"""A reviewer's queue: what waits, and taking it."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.queue, name="queue"),
    path("next/", views.take_next, name="take_next"),
    path("<uuid:pk>/take/", views.take_place, name="take_place"),
]
