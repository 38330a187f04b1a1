"""Makers of invented documents, each with its truth."""
