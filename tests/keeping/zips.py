"""Zips with other contents than they had, with the checksums to go with them or without."""

import hashlib
import zipfile


def rewrite(path, target, change):
    """The same zip with its entries as `change` makes them: {name: data}."""
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in change(entries).items():
            archive.writestr(name, data)
    return target


def without(part):
    return lambda entries: {name: data for name, data in entries.items() if part not in name}


def damaged(part):
    def change(entries):
        return {n: d.replace("，".encode(), "。".encode()) if part in n else d for n, d in entries.items()}

    return change


def added(name, data=b"x"):
    return lambda entries: {**entries, f"{next(iter(entries)).split('/')[0]}/{name}": data}


def forge(entries):
    """Entries of a bag with manifests that agree with them."""
    root = next(iter(entries)).split("/")[0]
    for manifest, tags in (("manifest-sha256.txt", False), ("tagmanifest-sha256.txt", True)):
        named = [n for n in entries if n.startswith(f"{root}/data/") != tags and "/tagmanifest" not in n]
        lines = [f"{hashlib.sha256(entries[n]).hexdigest()}  {n.removeprefix(root + '/')}\n" for n in sorted(named)]
        entries[f"{root}/{manifest}"] = "".join(lines).encode()
    return entries


def in_file(part, change):
    """One file of a bag changed, and the manifests with it."""

    def edit(entries):
        name = next(n for n in entries if n.endswith(part))
        return forge(entries | {name: change(entries[name])})

    return edit


HARM = {
    "no manifest": without("tagmanifest"),
    "one more": added("data/more.jpg"),
    "outside": added("../../outside.txt"),
    "absolute": lambda entries: {**entries, "/outside.txt": b"x"},
    "backslash": added("data\\more.jpg"),
    "another folder": lambda entries: {**entries, "other/data/x": b"x"},
}
