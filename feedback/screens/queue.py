"""The desk's first page: what waits."""

from flask import Blueprint

from feedback.accounts.guard import guard_desk
from feedback.screens import deskbar

blueprint = Blueprint("queue", __name__, url_prefix="/desk")
guard_desk(blueprint)
blueprint.app_context_processor(deskbar.context)
