"""Editions in the making."""

from flask import Blueprint

from feedback.accounts.guard import guard_desk

blueprint = Blueprint("editions", __name__, url_prefix="/desk")
guard_desk(blueprint)
