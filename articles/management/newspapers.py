"""A newspaper that a command names."""

from django.core.management.base import CommandError

from articles.models import Newspaper


def newspaper_called(name):
    """The newspaper of that name or slug, None for none."""
    name = name.strip()
    return Newspaper.objects.filter(name=name).first() or Newspaper.objects.filter(slug=name).first()


def find_newspaper(name):
    """The newspaper of that name or slug. Raises CommandError with those that there are."""
    found = newspaper_called(name)
    if found is None:
        known = "、".join(f"{paper.name}（{paper.slug}）" for paper in Newspaper.objects.all()[:10])
        raise CommandError(f"没有报纸“{name}”。" + (f"有：{known}。" if known else "资料库里还没有报纸。"))
    return found
