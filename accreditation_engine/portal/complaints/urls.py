"""The address of a concern in its file."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("<uuid:complaint_pk>/", views.complaint, name="complaint"),
    path("<uuid:complaint_pk>/files/<uuid:file_pk>/", views.complaint_file, name="complaint_file"),
]
