"""Forms of the editors' screens: what an editor typed, as the arguments of an act. Rules are in corrections."""

from .base import ActForm, Hidden, JustPage

__all__ = ["ActForm", "Hidden", "JustPage"]
