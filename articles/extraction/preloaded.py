"""Imported by the process that those which split pages are forked from: what they need is loaded once, for all."""

import gc

from . import processes as processes
from .segmentation import preload

preload()
gc.freeze()  # none of it is garbage
