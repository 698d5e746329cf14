"""A letter on the desk."""

from flask import Blueprint

from feedback.accounts.guard import guard_desk

blueprint = Blueprint("letter", __name__, url_prefix="/desk")
guard_desk(blueprint)
