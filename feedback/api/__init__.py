"""For programs: JSON under /api/v1."""

from flask import Blueprint

from feedback.api import articles, editions, exports, letters, submissions
from feedback.api.openapi import describe
from feedback.api.problems import problem, problem_of, problem_of_http

BLUEPRINTS: tuple[Blueprint, ...] = (
    submissions.blueprint,
    articles.blueprint,
    letters.blueprint,
    editions.blueprint,
    exports.blueprint,
)

__all__ = ["BLUEPRINTS", "describe", "problem", "problem_of", "problem_of_http"]
