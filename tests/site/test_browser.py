"""The demo in a real browser, wide and narrow."""

import pytest

pytestmark = pytest.mark.browser


def fits(screen):
    """Does nothing stand out beyond the screen's width?"""
    return screen.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_reader_goes_from_the_front_page_to_an_article_and_finds_it_by_search(demo, screen):
    screen.goto(demo.address)
    assert fits(screen)
    screen.locator("main a[href^='/weijiang-ribao/20']").first.click()
    assert fits(screen)
    link = screen.locator("main .story a[href^='/articles/']").first
    link.click()
    headline = screen.locator("h1").inner_text()
    assert headline and fits(screen)
    words = headline.split()[0][:4]
    screen.goto(f"{demo.address}search/?q={words}")
    assert fits(screen)
    assert screen.locator("main mark").count() > 0
    assert screen.locator("main a[href^='/articles/']").count() > 0


def test_a_page_shows_what_stands_in_no_article(demo, screen):
    screen.goto(f"{demo.address}weijiang-ribao/2026-03-18/3/")
    assert "其他文字" in screen.locator("main").inner_text()
    assert fits(screen)


def test_an_editor_signs_in_and_sees_pages_in_chinese(demo, screen):
    screen.goto(f"{demo.address}admin/")
    screen.fill("#id_username", "editor")
    screen.fill("#id_password", demo.password)
    screen.click("input[type=submit]")
    screen.goto(f"{demo.address}admin/articles/page/")
    assert screen.locator("#result_list tbody tr").count() >= 4
    screen.locator("#result_list tbody th a").first.click()
    assert "文字块" in screen.locator("#content").inner_text()
    assert screen.locator("input[name=_save]").count() == 0


def test_what_is_not_there_is_said_in_chinese(demo, browser):
    page = browser.new_page()
    response = page.goto(f"{demo.address}articles/999999/")
    assert response.status == 404 and "没有这一页" in page.content()
    page.close()
