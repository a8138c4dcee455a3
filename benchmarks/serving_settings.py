"""The site's settings, and beside its pages a bare view to compare with (benchmarks.serving)."""

from newsroom.settings import *  # noqa: F403

LIMITS = {}
ROOT_URLCONF = "benchmarks.serving_urls"
