"""Ask each service in its own language; a module for each."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Protocol

from evidencebook.surveillance.http import Client
from evidencebook.surveillance.models import FoundRecord, Query, Service
from evidencebook.surveillance.providers.clinicaltrials import ClinicalTrials
from evidencebook.surveillance.providers.europe_pmc import EuropePMC
from evidencebook.surveillance.providers.federal_register import FederalRegister


class Provider(Protocol):
    """Search one service."""

    def search(self, query: Query, since: date | None) -> Iterator[FoundRecord]:
        """Yield what the service has for a query since a day, or everything; raise ServiceError."""


def providers(client: Client) -> Mapping[Service, Provider]:
    """Map the name of each service to the provider that asks it."""
    made = EuropePMC(client), ClinicalTrials(client), FederalRegister(client)
    return dict(zip(("europe-pmc", "clinicaltrials", "federal-register"), made, strict=True))
