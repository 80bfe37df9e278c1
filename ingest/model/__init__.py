"""Dataclasses that the packages of `ingest` exchange: received sheets, findings, reasons. Imports no other package."""
