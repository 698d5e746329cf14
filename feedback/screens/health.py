"""For machines that watch: healthz, readyz, metrics."""

from flask import Blueprint

blueprint = Blueprint("health", __name__)
