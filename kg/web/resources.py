"""x."""

from flask import Blueprint

blueprint = Blueprint("resources", __name__)
