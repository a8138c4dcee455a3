"""Page files -> rows of the archive. `Import` yields one outcome a file."""

from .placing import GivenPlace, Options
from .reference import load_default_categories
from .running import Import
from .walking import find_sources

__all__ = ["GivenPlace", "Import", "Options", "find_sources", "load_default_categories"]
