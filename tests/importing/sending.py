"""Files sent, looked at and taken in, as an editor and a worker do it."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

from articles.importing import uploads
from articles.importing.uploads import receive
from articles.importing.working import claim_next, work_on
from articles.models import Upload
from tests.importing.paper import BRIDGE

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
State = Upload.State


def sent(name, content=BRIDGE):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def zipped(entries):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def work():
    """What a worker does until nothing waits."""
    while claim := claim_next(lambda: False):
        work_on(claim)


def look_at(newspaper, *files, **fields):
    upload = receive(newspaper=newspaper, files=files, **fields)
    work()
    upload.refresh_from_db()
    return upload


def say(upload, name, **fields):
    assert upload.files.filter(name=name).update(**fields)


def take_in(upload):
    uploads.ask_for_import(upload)
    work()
    upload.refresh_from_db()
    assert upload.state == State.DONE, upload.error
    return {outcome.path: outcome for outcome in upload.run.outcomes.all()}
