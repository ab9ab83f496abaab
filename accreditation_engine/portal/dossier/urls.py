"""The pages of one dossier that all who see it share."""

from __future__ import annotations

from django.urls import path

from accreditation_engine.portal.allocation import views as allocation_views
from accreditation_engine.portal.queue import hand_over_views

from . import consensus_views, evidence_views, finding_views, next_outcome_views, sample_views, views

urlpatterns = [
    path("", views.overview, name="dossier"),
    path("answers/", views.answers, name="answers"),
    path("ratings/", views.ratings, name="ratings"),
    path("next-outcome/", next_outcome_views.next_outcome, name="next_outcome"),
    path("consensus/", consensus_views.consensus, name="consensus"),
    path("sample/", sample_views.sample, name="sample"),
    path("evidence/<int:evidence_pk>/", evidence_views.evidence, name="evidence"),
    path("evidence/<int:evidence_pk>/preview/", evidence_views.preview, name="evidence_preview"),
    path("evidence/<int:evidence_pk>/preview/<int:page>/", evidence_views.page, name="evidence_page"),
    path("findings/new/", finding_views.new_finding, name="new_finding"),
    path("findings/<uuid:finding_pk>/", views.finding, name="finding"),
    path("findings/<uuid:finding_pk>/amend/", finding_views.amend, name="amend_finding"),
    path("findings/<uuid:finding_pk>/owner/", finding_views.owner, name="finding_owner"),
    path("findings/<uuid:finding_pk>/file/", views.file, name="finding_file"),
    path("reviewers/", views.assign_reviewer, name="assign"),
    path("reviewers/draw/", allocation_views.draw, name="draw"),
    path("reviewers/<int:assignment_pk>/release/", views.release_reviewer, name="release"),
    path("reviewers/<int:assignment_pk>/hand-over/", hand_over_views.hand_over_review, name="hand_over"),
]
