"""E-mail when files of an import failed, by a real SMTP server on this machine."""

from email import message_from_bytes
from email.header import decode_header, make_header

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import get_connection
from django.core.management import CommandError, call_command

from articles.models import ImportOutcome, ImportRun
from articles.operating.alerts import LISTED, tell_of_failures
from tests.site.conftest import free_port


class Mailbox:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
def mailbox(settings):
    mailbox = Mailbox()
    server = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.hostname, server.port
    settings.ALERT_EMAIL = ["desk@example.org", "chief@example.org"]
    settings.SITE_URL = "https://archive.example.org"
    yield mailbox.mails
    server.stop()


def read(mail):
    return str(make_header(decode_header(mail["Subject"]))), mail.get_payload(decode=True).decode()


def fail(run, count):
    rows = (ImportOutcome(run=run, path=f"{n}.txt", result="failed", reason="这个文件是空的") for n in range(count))
    ImportOutcome.objects.bulk_create(rows)


def test_a_command_that_could_not_import_a_file_tells_of_it(mailbox, newspaper, tmp_path):
    (tmp_path / "01.txt").write_text("")
    (tmp_path / "02.txt").write_text("河堤加固工程开工\n本报讯　河堤加固工程昨天开工。\n")
    with pytest.raises(CommandError):
        call_command("import_pages", tmp_path, newspaper="青杨日报")
    subject, body = read(*mailbox)
    assert "导入出了问题" in subject and "01.txt" in body and "02.txt" not in body
    assert f"https://archive.example.org/admin/articles/importrun/{ImportRun.objects.get().pk}/change/" in body
    assert mailbox[0]["To"] == "desk@example.org, chief@example.org"


def test_nothing_is_sent_of_a_good_import_or_a_dry_run(mailbox, newspaper, tmp_path):
    (tmp_path / "02.txt").write_text("河堤加固工程开工\n本报讯　河堤加固工程昨天开工。\n")
    call_command("import_pages", tmp_path, newspaper="青杨日报")
    (tmp_path / "01.txt").write_text("")
    with pytest.raises(CommandError):
        call_command("import_pages", tmp_path, newspaper="青杨日报", dry_run=True)
    assert mailbox == []


def test_of_many_files_some_are_named(mailbox, newspaper):
    run = ImportRun.objects.create(newspaper=newspaper)
    fail(run, LISTED + 5)
    tell_of_failures(run)
    _, body = read(*mailbox)
    assert f"有 {LISTED + 5} 个文件没有导入" in body and "另有 5 个" in body and body.count(".txt") == LISTED


def test_one_that_broke_off_is_told_of(mailbox, newspaper):
    tell_of_failures(ImportRun.objects.create(newspaper=newspaper), broken_off="磁盘满了")
    assert "中断了：磁盘满了" in read(*mailbox)[1]


def test_a_server_that_is_away_is_logged_and_no_more(newspaper, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.ALERT_EMAIL = "127.0.0.1", 1, ["desk@example.org"]
    assert get_connection().port == 1
    tell_of_failures(ImportRun.objects.create(newspaper=newspaper), broken_off="磁盘满了")
    assert "没有发出" in caplog.text


def test_without_an_address_nothing_is_sent(mailbox, newspaper, settings):
    settings.ALERT_EMAIL = []
    tell_of_failures(ImportRun.objects.create(newspaper=newspaper), broken_off="磁盘满了")
    assert mailbox == []
