"""x."""

from flask import Blueprint

blueprint = Blueprint("lists", __name__)
