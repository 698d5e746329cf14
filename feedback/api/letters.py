"""Letters for programs."""

from flask import Blueprint

blueprint = Blueprint("api_letters", __name__, url_prefix="/api/v1")
