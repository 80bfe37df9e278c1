"""What every page of one template is written with."""

from dataclasses import dataclass

from ingest.contract.sheet_contract import Contracts
from ingest.template.content import TemplateContent
from ingest.template.lists import Lists
from ingest.template.looks import Looks


@dataclass(frozen=True)
class Pen:
    """The contracts, what the template holds, its formats, and where its lists stand."""

    contracts: Contracts
    content: TemplateContent
    looks: Looks
    lists: Lists
