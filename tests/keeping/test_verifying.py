"""What is wrong is found and named, each kind; what is right, whatever was done to it, is not complained of."""

import re

import pytest

HARM = {
    "的原文与其摘要不符": "Page.objects.filter(pk=page.pk).update(text_sha256='0' * 64)",
    "的原文与原始文件不符": "Page.objects.filter(pk=page.pk).update(source_text=page.source_text + '多')",
    "的原始文件已损坏": "Original.objects.filter(pk=page.original_id).update(packed=b'damaged')",
    "没有文字块": "Credit.objects.update(block=None); page.blocks.all().delete()",
    "越出原文": "page.blocks.filter(pk=page.blocks.order_by('-start').first().pk).update(start=10**6)",
    "的正文与其文字块不符": "Article.objects.filter(page=page).update(body='另一篇')",
    "不是最后一次改动": "Page.objects.filter(pk=edited.pk).update(name='改了')",
    "不是上一次改动": "harm_journal()",
    "检索文本": "SearchDocument.objects.filter(article__page=page).delete()",
    "不见了": "pictures[0].unlink()",
    "与其校验和不符": "pictures[0].write_bytes(b'other')",
}
CODE = """
from pathlib import Path
from django.conf import settings
from articles.models import *
page = Page.objects.get(issue__date="2024-12-06", number="3")
edited = Page.objects.get(issue__date="2024-12-06", number="6")
pictures = sorted(Path(settings.MEDIA_ROOT).rglob("*.jpg"))
def harm_journal():
    entry = Correction.objects.filter(action="set_name").get()
    entry.after["page"][str(edited.pk)]["name"] = "经济"
    entry.save()
    from articles.corrections.pages import set_name
    set_name(page=edited, name="文化", user=None)
"""


@pytest.mark.parametrize("said", HARM)
def test_each_kind_of_damage_is_found(make_archive, said):
    archive = make_archive(how="filled")
    archive.read(CODE + HARM[said])
    found = archive.run("verify")
    assert found.returncode == 1
    assert re.search(f"不符  .*{said}", found.out), (found.out, found.err)


def test_a_whole_archive_is_said_to_be_so_and_a_stray_file_only_named(make_archive):
    archive = make_archive(how="filled")
    stray = archive.var / "media" / "facsimiles" / "stray.jpg"
    stray.write_bytes(b"x")
    found = archive.run("verify")
    assert (found.returncode, found.err) == (0, "")
    assert "提示  没有版面用到的文件 facsimiles/stray.jpg" in found.out
    assert found.out.endswith("资料库完好。\n")


def test_a_backup_is_verified_without_the_archive(make_archive, tmp_path):
    archive = make_archive(how="filled")
    kept = tmp_path / "kept.zip"
    assert archive.run("backup", kept).returncode == 0
    found = archive.run("verify", "--backup", kept)
    assert found.returncode == 0 and "5 版" in found.out
    data = kept.read_bytes()
    kept.write_bytes(data[:5000] + b"?" + data[5001:])
    found = archive.run("verify", "--backup", kept)
    assert found.returncode == 1 and "不是完好的备份" in found.err
