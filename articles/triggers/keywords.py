"""Articles by keyword: a table of single keywords, kept in step with the articles' own lists by triggers.

Whatever writes an article, also bulk_create, QuerySet.update and plain SQL, writes them in its own transaction. Rows
carry the article's sort key, so that the newest of a keyword are had without reading the rest.

SQLite drops triggers with their table, and Django alters a table by making it anew: they are made again after each
migration.
"""

from django.db import connections

from ..models.keywords import LONGEST

TABLE = "articles_articlekeyword"
NAME = "keyword_rows"
OF = "keywords, sort_key, gone, merged_into_id"  # columns that a keyword's row depends on

_LIVING = "{row}.sort_key IS NOT NULL AND NOT {row}.gone AND {row}.merged_into_id IS NULL"
_ADD = f"INSERT INTO {TABLE} (word, key, article_id) SELECT DISTINCT value, {{row}}.sort_key, {{row}}.id FROM "
_WORDS = {
    "sqlite": "json_each({row}.keywords) AS words",
    "postgresql": "jsonb_array_elements_text({row}.keywords) AS words(value)",
}
_FITS = f" WHERE length(value) BETWEEN 1 AND {LONGEST} AND {_LIVING}"
_REMOVE = f"DELETE FROM {TABLE} WHERE article_id = old.id;"


def add_words(vendor, row):
    return (_ADD + _WORDS[vendor] + _FITS).format(row=row)


def sqlite_triggers():
    add = add_words("sqlite", "new")
    actions = {
        "insert": f"AFTER INSERT ON articles_article BEGIN {add}; END",
        "update": f"AFTER UPDATE OF {OF} ON articles_article BEGIN {_REMOVE} {add}; END",
        "delete": f"BEFORE DELETE ON articles_article BEGIN {_REMOVE} END",
    }
    return [f"CREATE TRIGGER IF NOT EXISTS {NAME}_{when} {action}" for when, action in actions.items()]


def postgresql_triggers():
    body = f"""
    BEGIN
      IF TG_OP <> 'INSERT' THEN {_REMOVE} END IF;
      IF TG_OP = 'DELETE' THEN RETURN old; END IF;
      {add_words("postgresql", "new")};
      RETURN new;
    END"""
    run = f"FOR EACH ROW EXECUTE FUNCTION {NAME}()"
    return [
        f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $body${body}$body$",
        f"CREATE OR REPLACE TRIGGER {NAME}_write AFTER INSERT OR UPDATE OF {OF} ON articles_article {run}",
        f"CREATE OR REPLACE TRIGGER {NAME}_delete BEFORE DELETE ON articles_article {run}",
    ]


_TRIGGERS = {"sqlite": sqlite_triggers, "postgresql": postgresql_triggers}


def create_triggers(connection):
    if connection.vendor in _TRIGGERS:
        execute(connection, _TRIGGERS[connection.vendor]())


def drop_triggers(connection):
    if connection.vendor == "sqlite":
        execute(connection, [f"DROP TRIGGER IF EXISTS {NAME}_{when}" for when in ("insert", "update", "delete")])
    elif connection.vendor == "postgresql":
        execute(connection, [f"DROP FUNCTION IF EXISTS {NAME}() CASCADE"])


def fill(connection):
    """Make the rows of all articles: some 15 s for 100,000."""
    if connection.vendor in _TRIGGERS:
        words = _WORDS[connection.vendor].format(row="a")
        living = (_ADD + "articles_article AS a, " + words + _FITS).format(row="a")
        execute(connection, [f"DELETE FROM {TABLE}", living])


def after_migrating(using, **kwargs):
    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        create_triggers(connection)


def execute(connection, statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
