"""The history, checked."""

from flask import Blueprint

from feedback.accounts.guard import guard_desk

blueprint = Blueprint("audit", __name__, url_prefix="/desk")
guard_desk(blueprint)
