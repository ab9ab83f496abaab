"""The addresses of what concerns visits for a file. A visit is known by the event that planned it."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.visits, name="visits"),
    path("new/", views.new_visit, name="new_visit"),
    path("<int:seq>/", views.visit, name="visit"),
]
