"""Where everybody begins."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("files/", views.files, name="files"),
    path("files/open/", views.open_file, name="open_file"),
]
