"""Articles for programs."""

from flask import Blueprint

blueprint = Blueprint("api_articles", __name__, url_prefix="/api/v1")
