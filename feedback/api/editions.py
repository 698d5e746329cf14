"""Editions for programs."""

from flask import Blueprint

blueprint = Blueprint("api_editions", __name__, url_prefix="/api/v1")
