"""How files are named on screen."""

from django import template

from ..importing import paths

register = template.Library()
register.filter("shown_path", paths.shown_path)
