"""Finding things in a real browser: suggestions by keys alone, a year's bar, one hit after another."""

import pytest

pytestmark = pytest.mark.browser


def typing(screen, address, selector, words):
    screen.goto(address)
    box = screen.locator(selector)
    box.press_sequentially(words)
    screen.wait_for_selector("[role=option]")
    return box


def test_a_suggestion_is_reached_by_keys_alone(demo, screen):
    box = typing(screen, demo.address, "main input[name=q]", "红桥")
    assert box.get_attribute("role") == "combobox" and box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    option = screen.locator("[role=option][aria-selected=true]")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    box.press("ArrowUp")
    assert screen.locator("[role=option]").last.get_attribute("aria-selected") == "true"
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false" and box.input_value() == "红桥"
    box.press("ArrowDown")
    words = option.inner_text().split(maxsplit=1)[1]
    with screen.expect_navigation():
        box.press("Enter")
    assert screen.locator("h1").inner_text() == words


def test_enter_without_a_suggestion_searches_for_what_was_typed(demo, screen):
    box = typing(screen, f"{demo.address}people/", "header input[name=q]", "红桥")
    with screen.expect_navigation():
        box.press("Enter")
    assert "/search/" in screen.url and screen.locator("main mark").count()


def test_without_scripts_the_box_is_a_plain_one(demo, browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(demo.address)
    page.fill("main input[name=q]", "红桥")
    page.press("main input[name=q]", "Enter")
    assert page.locator("main mark").count()
    page.context.close()


def test_a_reader_narrows_by_a_bar_and_goes_on_from_hit_to_hit(demo, screen):
    screen.goto(f"{demo.address}search/?q=街道")
    if not screen.locator(".bars").is_visible():
        screen.click(".filters > summary")
    screen.locator(".bars a").first.click()
    screen.wait_for_url("**since=**")
    total = screen.locator(".total").inner_text()
    screen.locator(".line-title a").first.click()
    assert "第1条" in screen.locator(".trail").inner_text()
    screen.locator(".trail").get_by_text("下一条").click()
    assert "第2条" in screen.locator(".trail").inner_text()
    screen.locator(".trail").get_by_text("回到结果").click()
    assert screen.locator(".total").inner_text() == total and screen.url.endswith("#hit-2")
