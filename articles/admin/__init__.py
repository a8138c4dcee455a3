"""The editors' place. Pages, blocks and articles are read here and changed through articles.corrections only."""

from django.contrib import admin

from . import accounts, archive, import_runs, names, pages, records, uploads  # noqa: F401  (they register their screens)

admin.site.site_header = admin.site.site_title = "报纸资料库 · 编辑后台"
admin.site.index_title = "资料"
admin.site.disable_action("delete_selected")
