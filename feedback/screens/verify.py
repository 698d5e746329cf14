"""The confirm link: did you write this?"""

from flask import Blueprint

blueprint = Blueprint("verify", __name__)
