"""What administrators do."""

from __future__ import annotations

from django.urls import path

from . import role_views

urlpatterns = [
    path("roles/", role_views.roles, name="roles"),
    path("roles/give/", role_views.give_role, name="give_role"),
    path("roles/<int:grant_pk>/", role_views.role, name="role"),
]
