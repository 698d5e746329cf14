"""The desk's first page: what waits."""

from flask import Blueprint

from feedback.accounts.guard import guard_desk

blueprint = Blueprint("queue", __name__, url_prefix="/desk")
guard_desk(blueprint)
