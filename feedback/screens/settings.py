"""What a newsroom sets."""

from flask import Blueprint

from feedback.accounts.guard import guard_desk

blueprint = Blueprint("settings", __name__, url_prefix="/desk")
guard_desk(blueprint)
