"""Submissions for programs."""

from flask import Blueprint

blueprint = Blueprint("api_submissions", __name__, url_prefix="/api/v1")
