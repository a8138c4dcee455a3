"""The app's place in Django."""

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "报纸资料"

    def ready(self):
        from .extraction.segmentation import set_cache_dir
        from .search.backends import postgresql_index, sqlite_index
        from .triggers import keywords
        from .triggers.changes import create_triggers

        set_cache_dir(settings.VAR_DIR / "cache")

        for index in (sqlite_index, postgresql_index):
            connection_created.connect(index.prepare_connection, dispatch_uid=index.__name__)
        post_migrate.connect(create_triggers, sender=self, dispatch_uid="public changes")
        post_migrate.connect(keywords.after_migrating, sender=self)
