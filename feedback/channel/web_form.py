"""The reader's form, the reader's own page."""

from flask import Blueprint

blueprint = Blueprint("web_form", __name__)
