"""Entities, the rules they keep: no database session, no clock, no web."""
