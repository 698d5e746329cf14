"""The articles that letters answer."""

from flask import Blueprint

from feedback.accounts.guard import guard_desk

blueprint = Blueprint("articles", __name__, url_prefix="/desk")
guard_desk(blueprint)
