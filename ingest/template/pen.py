"""What the functions that write a template's pages have in common."""

from dataclasses import dataclass

from ingest.contract.sheet_contract import Contracts
from ingest.template.content import TemplateContent
from ingest.template.lists import Lists
from ingest.template.looks import Looks


@dataclass(frozen=True)
class Pen:
    """The contracts, the template's content, its formats and its lists."""

    contracts: Contracts
    content: TemplateContent
    looks: Looks
    lists: Lists
