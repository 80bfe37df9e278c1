"""Draft mapping profiles: a first TOML file from the headers and values of another system's export."""

from ingest.mapping.draft.profile import Drafted, draft_profile

__all__ = ["Drafted", "draft_profile"]
