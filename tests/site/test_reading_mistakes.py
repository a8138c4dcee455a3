"""A reader selects a phrase, reports it, and is told where to see the outcome."""

import pytest

from articles.views.mistakes import SOONEST

pytestmark = pytest.mark.browser


def test_a_selected_phrase_goes_along_to_the_form_and_into_the_queue(demo, screen):
    screen.goto(f"{demo.address}weijiang-ribao/")
    screen.locator(".month a").first.click()
    screen.locator("main .story a[href^='/articles/']").first.click()
    paragraph = screen.locator(".reading .text p").first
    words = paragraph.inner_text().strip()
    paragraph.select_text()
    screen.locator(".report-here").click()
    assert screen.locator("textarea[name=quote]").input_value() == words[:300]
    screen.get_by_label("错字").check()
    screen.wait_for_timeout(1000 * SOONEST + 300)
    screen.get_by_role("button", name="提交").click()
    screen.wait_for_url("**/reports/*/")
    assert "等待编辑处理" in screen.locator("h1").inner_text()
    assert screen.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_without_javascript_the_link_at_the_end_leads_to_the_form(demo, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{demo.address}search/?q=的")
    page.locator("main h2 a[href^='/articles/']").first.click()
    page.get_by_role("link", name="指出错误").click()
    assert page.get_by_role("heading", level=1).inner_text() == "指出错误"
    context.close()
