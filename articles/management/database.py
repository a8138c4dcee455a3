"""Is the database ready?"""

from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from articles.operating.health import check_disk


def require_migrated():
    """Raise CommandError with what to do unless the tables are those of this version."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise CommandError(cannot_open(error)) from error
    if pending:
        raise CommandError("数据库还没有建好，或不是这个版本的，请先运行 manage.py migrate。")


def cannot_open(error):
    """Why the database cannot be opened and where to look, in one line."""
    reason = " ".join(str(error).split())
    if connection.vendor == "sqlite":
        if "malformed" in reason or "not a database" in reason:
            file = connection.settings_dict["NAME"]
            mend = f"请停站，把 {file}* 移走（连同 -wal、-shm），再用 manage.py restore 从备份恢复"
            return f"数据库文件已损坏（{reason}）。{mend}。"
        why = check_disk() or f"请检查能否写入 {connection.settings_dict['NAME']}。"
        return f"数据库打不开（{reason}）。{why}"
    return f"连不上数据库（{reason}）。请检查 DATABASE_URL，以及数据库是否在运行。"
