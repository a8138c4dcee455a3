"""Every part of every address: nothing that stands there breaks a view, leaves the site's folder or makes a header."""

from tests.adversary.addresses import filled, routes
from tests.adversary.conftest import SHORT
from tests.importing.sending import PNG

PARTS = [
    *("..", "../../../../../../etc/passwd", "/etc/passwd", "..\\..\\secret_key", "%2e%2e%2fsecret_key", ".", "~"),
    *("\0", "9" * 40, "-1", "²", "0", "' OR 1=1 --", "a\r\nX-Evil: 1", "x" * 2000, SHORT, "//evil.example", "_3F", "_"),
]
NO_TEXT = ("%ED%A0%80", "%FF%FE", "%C0%AE%C0%AE", "%")


def test_no_part_of_an_address_breaks_a_view(archive, clients):
    faults, tried = [], set()
    for route in routes():
        values = {name: next(iter(archive.real(route, name)), None) for name in route.parameters}
        for name in values if None not in values.values() else ():
            # Of the admin's screens most are Django's, and there are many.
            parts = PARTS[1::3] if route.is_admin else PARTS
            addresses = [route.at(values | {name: part}) for part in parts]
            addresses += [route.at(values | {name: "HERE"}).replace("HERE", part) for part in NO_TEXT]
            for address in addresses:
                response = clients["chief"].get(address)
                content = b"" if response.streaming else response.content
                if response.status_code >= 500 or "X-Evil" in response or b"root:" in content:
                    faults.append((response.status_code, address[:120]))
            tried.add(name)
    assert faults == []
    assert tried >= {"pk", "slug", "label", "address", "word", "name", "object_id", "token", "form", "kind"}


def test_what_is_not_there_leads_nowhere_else(archive, clients):
    for path in (
        "//evil.example/",
        "//evil.example",
        "/\\evil.example/",
        "/people//evil.example",
        "///",
        "/evil.example/..",
    ):
        for client in clients.values():
            response = client.get("/", PATH_INFO=path)
            assert response.status_code in (301, 302, 404), path
            assert not response.get("Location", "/").startswith(("//", "/\\", "http://e", "https://e")), path


def test_a_facsimile_is_a_file_of_the_archive_and_of_no_other_folder(archive, clients, settings):
    (route,) = (route for route in routes() if route.name == "facsimile")
    address = next(filled(route, archive.real))
    response = clients["anybody"].get(address)
    assert response.status_code == 200 and response["Content-Type"] == "image/png"
    assert "sandbox" in response["Content-Security-Policy"]
    assert b"".join(response.streaming_content) == PNG
    for name in ("../secret_key", "/etc/passwd", "facsimiles/../../secret_key"):
        archive.pictured().update(facsimile=name)
        assert clients["anybody"].get(address).status_code in (400, 404), name
