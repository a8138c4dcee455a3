"""An article's references and the picture of its address."""

import re

import pytest

from tests.factories import make_article, make_issue

from .conftest import print_page, sign


def test_an_article_shows_how_it_is_cited(client, dyke, read):
    text = read(client.get(dyke.get_absolute_url())).text
    assert "林砚舟.北岸老堤抢在春汛前合龙:四公里堤身换了新土[N].临江晚报,2024-12-06(1,3)." in text
    assert f"http://testserver/articles/{dyke.pk}/." in text


def test_references_are_handed_out_as_files(client, dyke):
    bib = client.get(f"/articles/{dyke.pk}/cite.bib")
    assert bib["Content-Disposition"] == f'attachment; filename="linjiang-20241206-{dyke.pk}.bib"'
    assert bib["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert bib.content.decode().startswith(f"@article{{linjiang-20241206-{dyke.pk},")
    ris = client.get(f"/articles/{dyke.pk}/cite.ris")
    assert ris.content.decode().startswith("TY  - NEWS\r\nAU  - 林砚舟\r\n")
    plain = client.get(f"/articles/{dyke.pk}/cite.txt")
    assert "Content-Disposition" not in plain
    assert plain.content.decode().count("北岸老堤") == 3
    assert client.get(f"/articles/{dyke.pk}/cite.doc").status_code == 404


def test_writers_are_cited_and_photographers_only_where_nobody_writes(client, issue):
    written = make_article(issue=issue)
    print_page(issue, ("headline", "渡口老钟", written), ("body", "走时了。", written))
    sign(written, "摄影者", "photographer")
    sign(written, "写作者", "author")
    shot = make_article(issue=issue)
    print_page(issue, ("headline", "晨雾", shot), ("caption", "江滩。", shot), number="2")
    sign(shot, "摄影者", "photographer")
    assert client.get(f"/articles/{written.pk}/cite.txt").content.decode().startswith("写作者. 渡口老钟[N]")
    assert client.get(f"/articles/{shot.pk}/cite.txt").content.decode().startswith("摄影者. 晨雾[N]")


def test_an_inferred_day_and_a_supplied_headline_are_in_brackets(client, paper):
    article = make_article("", "晨雾。", issue=make_issue(paper, "2024-12-06", date_known="inferred"))
    article.supplied_headline = "江滩晨雾"
    article.save()
    assert (
        client.get(f"/articles/{article.pk}/cite.txt")
        .content.decode()
        .startswith("[江滩晨雾][N]. 临江晚报, [2024-12-06].")
    )


@pytest.mark.parametrize("what", ["cite.bib", "cite.ris", "cite.txt", "qr.svg"])
def test_what_readers_do_not_see_is_not_cited(client, dyke, issue, what):
    withdrawn = make_article("已撤", issue=issue, state="withdrawn")
    merged = make_article("并入", issue=issue, merged_into=dyke)
    assert client.get(f"/articles/{withdrawn.pk}/{what}").status_code == 410
    assert client.get(f"/articles/{merged.pk}/{what}")["Location"] == dyke.get_absolute_url()
    assert client.get(f"/articles/99999/{what}").status_code == 404


def test_the_picture_of_an_address_is_svg(client, dyke):
    response = client.get(f"/articles/{dyke.pk}/qr.svg")
    assert response["Content-Type"] == "image/svg+xml"
    picture = response.content.decode()
    assert picture.startswith("<svg ") and "<script" not in picture
    assert re.search(r'fill="#fff(fff)?"', picture)


def test_it_holds_the_address_of_the_site_when_that_is_set(client, dyke, settings):
    here = client.get(f"/articles/{dyke.pk}/qr.svg").content
    settings.SITE_URL = "http://testserver"
    assert client.get(f"/articles/{dyke.pk}/qr.svg").content == here
    settings.SITE_URL = "https://archive.example.cn"
    assert client.get(f"/articles/{dyke.pk}/qr.svg").content != here
    assert "https://archive.example.cn/articles/" in client.get(f"/articles/{dyke.pk}/cite.txt").content.decode()
