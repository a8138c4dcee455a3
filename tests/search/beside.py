"""`python -m tests.search.beside ROLE …`: one of several processes that share a database, each with a part to play.

Each says "ready" when it begins and ends when the file STOP exists; what it did is in its last line, as JSON.
"""

import json
import os
import sys
import time
from pathlib import Path

SMALL = 20  # documents a batch of a rebuild
ALWAYS, CHANGING = "花灯", "庙会"  # in every document, whatever becomes of it; in what writers write


def main(role, stop, *args):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django

    django.setup()
    from articles.search.backends import sqlite_index

    sqlite_index.BATCH = SMALL
    print("ready", flush=True)
    print(json.dumps(ROLES[role](Path(stop), *map(int, args))), flush=True)


def fill(stop, count):
    from django.core.management import call_command

    from articles.search import write_documents
    from tests.factories import make_article, make_issue

    call_command("migrate", verbosity=0)
    issue = make_issue()
    write_documents([make_article(f"{n}号", f"老街{ALWAYS}{n}", issue=issue) for n in range(count)])
    return count


def write(stop, share, of):
    """Changes its share of the articles in turn, and adds some."""
    from django.db import transaction

    from articles.models import Article
    from articles.search import write_documents
    from tests.factories import make_article, make_issue

    mine = [pk for pk in Article.objects.order_by("pk").values_list("pk", flat=True) if pk % of == share]
    issue = make_issue(Article.objects.first().newspaper)
    turn, added = 0, 0
    while not stop.exists():
        with transaction.atomic():
            pk = mine[turn % len(mine)]
            Article.objects.filter(pk=pk).update(body=f"{ALWAYS}{CHANGING}{turn}")
            if turn % 3 == 0:
                article, added = make_article(f"新{share}号{turn}", ALWAYS, issue=issue), added + 1
            write_documents([pk, article] if turn % 3 == 0 else [pk])
        turn += 1
        time.sleep(0.01)
    return {"turns": turn, "added": added}


def read(stop, least):
    """How often it searched, and the searches that did not find every article there is."""
    from django.db import connection, transaction

    from articles.models import Article, SearchDocument
    from articles.search import parse_query, search
    from articles.search.backends import get_backend

    query, wrong, turns = parse_query(ALWAYS), [], 0
    while not stop.exists():
        found = get_backend().match(query).count()
        if found < least:
            wrong.append(found)
        if len(search(query, articles=Article.objects.visible_to(None), order="newest")[0:20]) < min(20, least):
            wrong.append("newest")
        if turns % 10 == 0:
            with transaction.atomic(), connection.cursor() as cursor:  # one state of the archive
                if connection.vendor == "postgresql":
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                if get_backend().match(query).count() != SearchDocument.objects.count():
                    wrong.append("differs")
        turns += 1
    return {"turns": turns, "wrong": wrong}


def rebuild(stop):
    from articles.search.documents import rebuild

    turns = 0
    while not stop.exists():
        rebuild()
        turns += 1
    return {"turns": turns}


def check(stop):
    from articles.models import Article, SearchDocument
    from articles.search import parse_query
    from articles.search.backends import get_backend
    from articles.search.documents import check

    return {
        "faults": [str(fault) for fault in check().faults],
        "articles": Article.objects.count(),
        "documents": SearchDocument.objects.count(),
        "found": get_backend().match(parse_query(ALWAYS)).count(),
        "changed": get_backend().match(parse_query(CHANGING)).count(),
        "changed by reading": SearchDocument.objects.filter(body__contains=CHANGING).count(),
    }


ROLES = {role.__name__: role for role in (fill, write, read, rebuild, check)}

if __name__ == "__main__":
    main(*sys.argv[1:])
