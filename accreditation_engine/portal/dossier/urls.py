"""The pages of one dossier that all who see it share."""

from __future__ import annotations

from django.urls import path

from . import consensus_views, views

urlpatterns = [
    path("", views.overview, name="dossier"),
    path("answers/", views.answers, name="answers"),
    path("ratings/", views.ratings, name="ratings"),
    path("consensus/", consensus_views.consensus, name="consensus"),
    path("evidence/<int:evidence_pk>/", views.evidence, name="evidence"),
    path("findings/<uuid:finding_pk>/", views.finding, name="finding"),
    path("reviewers/", views.assign_reviewer, name="assign"),
    path("reviewers/<int:assignment_pk>/release/", views.release_reviewer, name="release"),
]
