"""The address of a concern in its file."""

from __future__ import annotations

from django.urls import path

from . import file_views, views

FILE = "<uuid:complaint_pk>/files/<uuid:file_pk>/"

urlpatterns = [
    path("<uuid:complaint_pk>/", views.complaint, name="complaint"),
    path(FILE, file_views.complaint_file, name="complaint_file"),
    path(f"{FILE}preview/", file_views.complaint_file_preview, name="complaint_file_preview"),
    path(f"{FILE}page/<int:page>/", file_views.complaint_file_page, name="complaint_file_page"),
]
