"""What members of a panel do with a file beside its steps."""

from __future__ import annotations

from django.urls import path

from . import own_part_views

urlpatterns = [
    path("step-aside/", own_part_views.step_aside, name="recuse"),
    path("dissent/", own_part_views.record_dissent, name="dissent"),
]
