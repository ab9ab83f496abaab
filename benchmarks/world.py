"""The database that everybody is measured on, and fresh files in it for each round."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from viewflow.workflow.models import Process, Task

from accreditation_engine.definitions.reading import read_file
from accreditation_engine.dossiers.domain import open_dossiers
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.editions import activate, store_workflow
from accreditation_engine.engine.opening import current_edition, open_subjects
from accreditation_engine.organisations.domain import grant_role
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.organisations.registering import register_organisations
from accreditation_engine.reviews.models import Finding
from benchmarks.rivals.flows import FileFlow
from benchmarks.rivals.models import (
    SCHEME,
    Application,
    ApplicationFinding,
    Official,
    ProcessFinding,
)

HERE = Path(__file__).parent
_numbers = itertools.count()


class World:
    """An official who may take the step, and organisations whose files are to be moved.

    Every file has one finding that does not stand in the way, so that each guard has a row to read.
    """

    def __init__(self) -> None:
        call_command("migrate", verbosity=0)
        for path in (HERE / "workflow.yaml", settings.WORKFLOWS_DIR / "finding.yaml"):
            workflow: Any = read_file(path).definition
            activate(workflow, store_workflow(workflow, {}), SYSTEM)
        self.official = Official.objects.create_user("official@benchmark.example", name="Official")
        grant_role(user=self.official, role="coordinator", by=SYSTEM)

    def organisations(self, count: int) -> list[Organisation]:
        new = [
            Organisation(name_ar="-", name_en="-", registration_number=f"B-{next(_numbers)}")
            for _ in range(count)
        ]
        return register_organisations(new, by=SYSTEM)

    def dossiers(self, count: int) -> list[Dossier]:
        with transaction.atomic():
            opened = open_dossiers(
                organisations=self.organisations(count), scheme=SCHEME, by=SYSTEM, role="system"
            )
            edition = current_edition("finding")
            findings = [
                Finding(dossier=each, edition_id=edition, rubric="-", criterion="-", severity="minor")
                for each in opened
            ]
            open_subjects(findings, SYSTEM, role="system")
        return list(Dossier.objects.filter(pk__in=[each.pk for each in opened]))

    def applications(self, count: int) -> list[Application]:
        with transaction.atomic():
            made = Application.objects.bulk_create(
                Application(organisation=each, scheme=SCHEME) for each in self.organisations(count)
            )
            ApplicationFinding.objects.bulk_create(
                ApplicationFinding(application=each, severity="minor") for each in made
            )
        return made

    def tasks(self, count: int) -> list[Task]:
        with transaction.atomic():
            processes = Process.objects.bulk_create(
                Process(flow_class=FileFlow, status="NEW") for _ in range(count)
            )
            ProcessFinding.objects.bulk_create(
                ProcessFinding(process=each, severity="minor") for each in processes
            )
            node = FileFlow.proceed
            return Task.objects.bulk_create(
                Task(
                    process=each,
                    flow_task=node,
                    flow_task_type=node.task_type,
                    owner_permission="coordinator",
                )
                for each in processes
            )
