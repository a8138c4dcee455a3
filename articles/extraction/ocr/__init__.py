"""ALTO XML and hOCR -> the page's text, and where its lines stand on the picture."""

from .lines import LAYOUT_SUFFIXES, Line, is_layout_name
from .reading import looks_like_layout, read_layout

__all__ = ["LAYOUT_SUFFIXES", "Line", "is_layout_name", "looks_like_layout", "read_layout"]
