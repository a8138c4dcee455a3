"""Triggers that stamp every change of what readers can see, in the transaction that makes it.

The database itself sees every write: of an import, an act, a command, the admin, or a hand at the SQL prompt. Tables
that readers see nothing of, or only what follows from another table in the same transaction, are named here; any other
of the app counts as public.

SQLite, which has one writer at a time, keeps one row. Two writers of PostgreSQL must not wait for each other, so each
transaction has a row of its own under its number; what is over is thrown away now and then. The stamp is the sum of
random numbers, so that it never comes back: not by a late commit, nor after a backup was restored.

Django alters a table of SQLite by making it anew, without its triggers: they are made again after every `migrate`.
"""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connections

UNSEEN = frozenset(
    (
        "ArticleKeyword Correction Evaluation ImportOutcome ImportRun Learned Original PageRevision Presence"
        " PublicChange Reveal SavedFilter Upload UploadFile"
    ).split()
)
CHANGES = "articles_publicchange"
PREFIX = "public_change"
STAMPS = {
    "sqlite": (
        f"INSERT OR REPLACE INTO {CHANGES} (id, number, at)"
        " VALUES (1, random() / 2, CAST(strftime('%s', 'now') AS INTEGER))"
    ),
    "postgresql": (
        f"INSERT INTO {CHANGES} (id, number, at)"
        " VALUES (txid_current(), floor(random() * 1e15)::bigint, extract(epoch FROM clock_timestamp())::bigint)"
        " ON CONFLICT (id) DO UPDATE SET number = excluded.number, at = excluded.at"
    ),
}
POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {PREFIX}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {STAMPS["postgresql"]};
    IF random() < 0.005 THEN
        DELETE FROM {CHANGES} WHERE id IN (
            SELECT id FROM {CHANGES} WHERE id < txid_snapshot_xmin(txid_current_snapshot()) FOR UPDATE SKIP LOCKED
        );
    END IF;
    RETURN NULL;
END $$
"""


def watched_tables():
    """{table: columns that readers see of it, or () for all}."""
    users = get_user_model()._meta.db_table
    seen = [model for model in apps.get_app_config("articles").get_models() if model.__name__ not in UNSEEN]
    return {model._meta.db_table: () for model in seen} | {users: ("first_name", "last_name")}


def create_triggers(using="default", **kwargs):
    """Make the triggers anew, and stamp: a migration may have changed anything."""
    connection = connections[using]
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        if CHANGES not in present:
            return
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for statement in removals(connection.vendor, present):
            cursor.execute(statement)
        for table, columns in watched_tables().items():
            for statement in creation(connection.vendor, table, columns) if table in present else ():
                cursor.execute(statement)
        cursor.execute(STAMPS[connection.vendor])


def drop_triggers(using="default"):
    connection = connections[using]
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for statement in removals(connection.vendor, present):
            cursor.execute(statement)


def creation(vendor, table, columns):
    update = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
    if vendor == "postgresql":
        events = f"INSERT OR {update} OR DELETE OR TRUNCATE"
        yield f"CREATE TRIGGER {PREFIX} AFTER {events} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}()"
        return
    for event in ("INSERT", update, "DELETE"):
        name = f"{PREFIX}_{table}_{event.split()[0].lower()}"
        yield f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {STAMPS[vendor]}; END"


def removals(vendor, present):
    """Of all that there may be, also of tables that were watched once."""
    tables = {model._meta.db_table for model in apps.get_app_config("articles").get_models()} | set(watched_tables())
    for table in sorted(tables & present):
        if vendor == "postgresql":
            yield f"DROP TRIGGER IF EXISTS {PREFIX} ON {table}"
            continue
        for event in ("insert", "update", "delete"):
            yield f"DROP TRIGGER IF EXISTS {PREFIX}_{table}_{event}"
