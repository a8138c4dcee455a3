"""A progress line on a terminal; nothing in a pipe."""

import shutil
import unicodedata


class Progress:
    """Redraws one line of `stream`, a command's stdout or stderr. `total` None while it is not known."""

    def __init__(self, stream, total=None):
        self.stream, self.total, self.shown, self.done = stream, total, 0, 0
        self.on = bool(stream.isatty())

    def step(self, done, words=""):
        if not self.on:
            return
        head = f"{done} 版 " if self.total is None else f"{self._bar(done)} {done}/{self.total} "
        self._draw(head + words)

    def next(self, words):
        """A step more than before."""
        self.done += 1
        self.step(self.done, words)

    def clear(self):
        if self.on and self.shown:
            self._draw("")
            self._write("\r")

    def _bar(self, done, width=24):
        full = min(width, width * done // max(1, self.total))
        return "█" * full + "░" * (width - full)

    def _draw(self, line):
        line = cut_to(line, shutil.get_terminal_size().columns - 1)
        self._write("\r" + line + " " * max(0, self.shown - columns_of(line)))
        self.shown = columns_of(line)

    def _write(self, text):
        # A command's streams end what they write with a new line, and stderr is red, unless told otherwise.
        self.stream.write(text, str, "")
        self.stream.flush()


def columns_of(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def cut_to(text, columns):
    while columns_of(text) > columns:
        text = text[:-1]
    return text
