"""What the body certifies and how one applies: for everybody, in the language that the address names."""

from __future__ import annotations

from django.urls import path

from . import about_views

urlpatterns = [
    path("", about_views.about, name="about"),
    path("<str:spoken>/", about_views.about_in, name="about_in"),
    path("<str:spoken>/<str:name>/", about_views.about_scheme, name="about_scheme"),
]
