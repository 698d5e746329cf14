"""Mails that we owe and owed."""

from flask import Blueprint

from feedback.accounts.guard import guard_desk

blueprint = Blueprint("outbox", __name__, url_prefix="/desk")
guard_desk(blueprint)
