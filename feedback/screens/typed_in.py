"""A letter that came on paper, by telephone, by mail: typed or pasted in."""

from flask import Blueprint

from feedback.accounts.guard import guard_desk

blueprint = Blueprint("typed_in", __name__, url_prefix="/desk")
guard_desk(blueprint)
