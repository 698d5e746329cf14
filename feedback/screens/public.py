"""The column as readers see it."""

from flask import Blueprint

blueprint = Blueprint("public", __name__)
