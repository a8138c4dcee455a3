"""In a browser: three pages are sent, one day mended in the preview, all imported, and the run is taken back."""

import io
import re
import zipfile

import pytest

from tests.importing.paper import BRIDGE, BUS, SCHOOL

pytestmark = pytest.mark.browser


def zip_of(year):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for n, text in enumerate((BRIDGE, SCHOOL, BUS), 1):
            archive.writestr(f"{year}-03-05/0{n}.txt", f"{text}\n\n{year}年的今天，渡口的船工也来帮忙。")
    return {"name": "三版.zip", "mimeType": "application/zip", "buffer": buffer.getvalue()}


def fits(screen):
    return screen.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def sign_in(demo, screen):
    screen.goto(f"{demo.address}admin/")
    screen.fill("#id_username", "editor")
    screen.fill("#id_password", demo.password)
    screen.click("input[type=submit]")


def test_a_zip_is_sent_mended_imported_and_taken_back(demo, screen):
    year = 1980 + screen.viewport_size["width"] % 7
    sign_in(demo, screen)
    screen.goto(f"{demo.address}admin/articles/upload/add/")
    assert fits(screen)
    screen.set_input_files("input[name=files]", zip_of(year))
    screen.click("text=上传并预览")
    screen.wait_for_selector("button[value=import]", timeout=60_000)
    assert fits(screen) and "新建 3" in screen.locator("#content").inner_text()
    row = screen.locator("tr", has_text="03.txt")
    row.locator("input[type=date]").fill(f"{year}-03-06")
    screen.click("button[value=import]")
    screen.wait_for_selector("text=已导入", timeout=60_000)
    assert fits(screen)
    public = f"{demo.address}weijiang-ribao/{year}-03-06/3/"
    screen.click(f"a[href='/weijiang-ribao/{year}-03-06/3/']")
    assert screen.url == public and "环湖公交延长末班时间" in screen.locator("main").inner_text()
    article = screen.locator("main a[href^='/articles/']").first.get_attribute("href")
    screen.go_back()
    screen.click("text=这次导入的记录")
    assert fits(screen)
    screen.click("text=收回这次导入")
    assert fits(screen) and "移除 3 版" in screen.locator("#content").inner_text()
    screen.click("text=确认收回")
    assert re.search(r"已于 .* 收回", screen.locator("#content").inner_text())
    assert screen.request.get(public).status == 404
    assert screen.request.get(demo.address.rstrip("/") + article).status == 410
