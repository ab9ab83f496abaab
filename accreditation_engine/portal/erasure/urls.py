"""Erasing by law."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.erasure, name="erasure"),
    path("files/<uuid:pk>/", views.in_file, name="erase_in_file"),
    path("people/<uuid:pk>/", views.of_person, name="erase_of_person"),
]
