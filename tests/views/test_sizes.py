"""The public site's style sheet and scripts stay small; how small its HTML is, test_html and test_reading_on tell."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

MOST_BYTES = {".css": 25_000, ".js": 15_000}
LOADED = re.compile(r"""{% static ['"](articles/[\w./-]+)['"] %}""")


def files_of_the_public_site():
    """What the templates outside templates/admin load."""
    templates = (settings.BASE_DIR / "templates").glob("*.html")
    names = {name for template in templates for name in LOADED.findall(template.read_text())}
    return [Path(finders.find(name)) for name in names]


def test_the_style_sheet_and_the_scripts_are_small():
    files = files_of_the_public_site()
    for kind, most in MOST_BYTES.items():
        sizes = {file.name: file.stat().st_size for file in files if file.suffix == kind}
        assert 0 < sum(sizes.values()) < most, sizes
