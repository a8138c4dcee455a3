"""What a Chinese site must carry, and 关于本站."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from articles.templatetags.reading import contact_address
from newsroom.settings import text_of


def test_the_foot_shows_what_is_set_on_every_page(client, dyke, settings, read):
    settings.ICP_NUMBER = "临ICP备00000001号"
    settings.POLICE_NUMBER = "临公网安备 00000000000002号"
    settings.REPORT_CONTACT = "jubao@example.cn"
    settings.COPYRIGHT = "© 临江晚报社<b>"
    for address in ("/", dyke.get_absolute_url(), "/about/", "/nowhere/"):
        response = client.get(address)
        page = read(response)
        assert "https://beian.miit.gov.cn/" in page.links()
        assert "https://beian.mps.gov.cn/#/query/webSearch?code=00000000000002" in page.links()
        assert "mailto:jubao@example.cn" in page.links() and "/about/" in page.links()
        assert "临ICP备00000001号" in page.text and "违法和不良信息举报" in page.text
        assert "© 临江晚报社&lt;b&gt;" in response.content.decode()


def test_the_foot_shows_nothing_of_what_is_not_set(client, db):
    content = client.get("/").content.decode()
    assert "beian" not in content and "举报" not in content


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("https://example.cn/jubao", "https://example.cn/jubao"),
        ("jubao@example.cn", "mailto:jubao@example.cn"),
        ("0500-1234 567", "tel:05001234567"),
        ("12377", "tel:12377"),
        ("javascript:alert(1)", ""),
        ("编辑部 0500-1234567", ""),
    ],
)
def test_a_contact_is_linked_when_it_can_be(contact, address):
    assert contact_address(contact) == address


def test_about_says_what_the_archive_is_after_the_owners_words(client, dyke, settings):
    settings.ABOUT_TEXT = "本库由<i>临江图书馆</i>建。\n\n每周更新。"
    content = client.get("/about/").content.decode()
    assert "<p>本库由&lt;i&gt;临江图书馆&lt;/i&gt;建。</p>" in content
    assert content.index("每周更新") < content.index("文字从何而来") < content.index("怎样引用")
    assert 'href="/linjiang/">《临江晚报》' in content


def test_the_owners_words_come_from_a_file(tmp_path, monkeypatch):
    file = tmp_path / "about.txt"
    monkeypatch.setenv("ABOUT_FILE", str(file))
    with pytest.raises(ImproperlyConfigured, match="ABOUT_FILE"):
        text_of("ABOUT_FILE")
    file.write_bytes("\ufeff本库由临江图书馆建。\n".encode())
    assert text_of("ABOUT_FILE") == "本库由临江图书馆建。"
    file.write_bytes("本库".encode("gb18030"))
    with pytest.raises(ImproperlyConfigured, match="UTF-8"):
        text_of("ABOUT_FILE")
    monkeypatch.delenv("ABOUT_FILE")
    assert text_of("ABOUT_FILE") == ""
