"""For programs: JSON under /api/v1."""

from flask import Blueprint, Flask

from feedback.api import articles, editions, letters, submissions
from feedback.api.problems import problem, problem_of

BLUEPRINTS: tuple[Blueprint, ...] = (
    submissions.blueprint,
    articles.blueprint,
    letters.blueprint,
    editions.blueprint,
)

__all__ = ["BLUEPRINTS", "describe", "problem", "problem_of"]


def describe(app: Flask) -> None:
    """Serve the description of the API at /api/v1/openapi.json."""
