"""The app's place in Django."""

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "报纸资料"

    def ready(self):
        from .extraction.segmentation import set_cache_dir
        from .search.backends.sqlite_index import register_functions

        set_cache_dir(settings.VAR_DIR / "cache")

        connection_created.connect(register_functions, dispatch_uid="articles.search")
