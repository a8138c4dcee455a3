"""What would keep the site from working: each check is cheap enough to be asked every few seconds.

Whether the whole index equals the archive takes minutes on a large one: `manage.py reindex --check`.
"""

import os
import shutil
from functools import cache

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from ..search.backends import get_backend


def examine():
    """{what: what is wrong with it, in Chinese}; {} when all is well."""
    found = {name: check() for name, check in CHECKS.items()}
    return {name: fault for name, fault in found.items() if fault}


def check_database():
    """Does it answer, and has it the tables of this version?"""
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except Error:
        return "数据库没有应答。请看它是否在运行，DATABASE_URL 对不对。"
    return "" if applied.keys() >= needed() else "数据库不是这个版本的，请运行 manage.py migrate。"


@cache
def needed():
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def check_index():
    try:
        return "；".join(get_backend().glance())
    except Error:
        return "检索索引读不出来，请运行 manage.py reindex。"


def check_disk():
    """Is there room for what is to be written, and may it be written?"""
    if not os.access(settings.VAR_DIR, os.W_OK | os.X_OK):
        return f"不能写入 {settings.VAR_DIR.name}/，请检查磁盘是否只读、目录归谁所有。"
    free = shutil.disk_usage(settings.VAR_DIR).free // 2**20
    return f"磁盘只剩 {free} MiB，少于 {settings.DISK_FREE_MB} MiB。" if free < settings.DISK_FREE_MB else ""


CHECKS = {"database": check_database, "index": check_index, "disk": check_disk}
