"""Find passages that repeat others: the second copy is folded into the first, never dropped.

    老街路灯全部换新。                      kept
    居民张灯结彩迎新春。                    kept
    …
    老街路灯全部换新。                      repeats the first line
    灯全部换新。居民张灯结彩迎新春。          repeats parts of both (an OCR model's splice)

Rule: characters of the page are compared as runs of SHINGLE-grams against what stands before them. A long piece is a
repeat when aligned runs cover nearly all of it, whatever their order; a short one (a label, a byline, a headline) only
beside another repeat whose neighbour it also was in the first copy: papers print the same label twice on purpose. A
piece that is a repeat only at one of its ends is cut in two there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from .lines import Piece
from .normalise import Normalised, normalise

SHINGLE = 8  # characters; shorter ones recur in honest prose
CANDIDATES = 4  # earlier places looked at for one shingle, so that a page of one repeated line stays linear
LONG = 24  # a piece of fewer solid characters repeats only in company
COVERED = 0.93  # of a long piece alone: commentaries quote their own lead sentences, with a few words around them
COVERED_BESIDE = 0.72  # beside another repeat
PARTLY = (
    30  # solid characters of a repeat at an edge of a piece that is otherwise new, when the repeat goes on beyond it
)
PARTLY_ALONE = 110  # when it does not
ABOUT = 2  # characters by which an edge may be missed
CHAIN = 18  # solid characters of two neighbours repeated together, at least CHAIN_PROSE of them in a piece of prose
CHAIN_PROSE = 10
SPLICED = 2  # pieces that an OCR model splices
LONG_ALONE = 34  # a whole piece repeated with no repeat beside it: shorter ones may be a refrain or a lead quoted


@dataclass(frozen=True, slots=True)
class _Run:
    start: int  # in the normalised text
    end: int
    source: int  # where the first copy of it starts


def fold_repeats(text: str, pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], dict[int, tuple[int, int]]]:
    """The pieces, some cut in two, and for each that repeats others (by its index) the span it repeats."""
    norm = normalise(text)
    bounds = [_solid_span(norm, piece) for piece in pieces]
    edges = {at + off for bound in bounds for at in bound for off in range(-ABOUT, ABOUT + 1)}
    runs = _find_runs(norm.text)
    cut: list[Piece] = []
    spans: list[tuple[int, int]] = []
    partial: dict[int, tuple[int, int]] = {}
    at = 0
    for piece, (start, end) in zip(pieces, bounds, strict=True):
        while at < len(runs) and runs[at].end <= start:
            at += 1
        edge = _repeated_edge(norm, piece, start, end, runs[at:], edges)
        for part in edge or (piece,):
            cut.append(part)
            spans.append(_solid_span(norm, part))
        if edge:
            repeated = 0 if _covered(runs, *spans[-2]) > _covered(runs, *spans[-1]) else 1
            index = len(cut) - 2 + repeated
            partial[index] = _source_span(norm, runs, *spans[index])
    return tuple(cut), partial | _whole_repeats(norm, cut, spans, runs, set(partial))


def _solid_span(norm: Normalised, piece: Piece) -> tuple[int, int]:
    return bisect_right(norm.offsets, piece.start - 1), bisect_right(norm.offsets, piece.end - 1)


def _find_runs(text: str) -> list[_Run]:
    """Maximal runs that also stand earlier, left to right, none overlapping another or its own first copy."""
    recurring = _recurring(text)
    seen: dict[str, list[int]] = {}
    runs: list[_Run] = []
    end, filled, past = 0, 0, 0  # of the last run; how many of `recurring` were looked at as first copies; runs behind
    for place in recurring:
        if place < end:
            continue
        # Only what is left of `place` may serve as a first copy, and repeats themselves do not.
        while recurring[filled] + SHINGLE <= place:
            first = recurring[filled]
            while past < len(runs) and runs[past].end <= first:
                past += 1
            if past == len(runs) or first < runs[past].start:
                places = seen.setdefault(text[first : first + SHINGLE], [])
                if len(places) < CANDIDATES:
                    places.append(first)
            filled += 1
        best, source = 0, 0
        for first in seen.get(text[place : place + SHINGLE], ()):
            length = SHINGLE
            limit = min(place - first, len(text) - place)
            while length < limit and text[first + length] == text[place + length]:
                length += 1
            if length > best:
                best, source = length, first
        if best >= SHINGLE + 2:
            runs.append(_Run(place, place + best, source))
            end = place + best
    return runs


def _recurring(text: str) -> list[int]:
    """Where those shingles stand that stand more than once."""
    places = range(len(text) - SHINGLE + 1)
    shingles = [text[i : i + SHINGLE] for i in places]
    last = dict(zip(shingles, places, strict=True))
    found = set(places).difference(last.values())
    found.update([last[shingle] for shingle in {shingles[i] for i in found}])
    return sorted(found)


def _covered(runs: Sequence[_Run], start: int, end: int) -> int:
    """Characters of [start, end) inside runs."""
    at = bisect_right(runs, start, key=lambda run: run.end)
    total = 0
    while at < len(runs) and runs[at].start < end:
        total += min(end, runs[at].end) - max(start, runs[at].start)
        at += 1
    return total


def _source_span(norm: Normalised, runs: Sequence[_Run], start: int, end: int) -> tuple[int, int]:
    """Where, on the page, the text of [start, end) stands first: from its earliest to its latest aligned run."""
    at = bisect_right(runs, start, key=lambda run: run.end)
    low, high = len(norm.text), 0
    while at < len(runs) and runs[at].start < end:
        a, b = max(start, runs[at].start), min(end, runs[at].end)
        low = min(low, runs[at].source + a - runs[at].start)
        high = max(high, runs[at].source + b - runs[at].start)
        at += 1
    return norm.span(low, high)


def _repeated_edge(
    norm: Normalised, piece: Piece, start: int, end: int, runs: Sequence[_Run], edges: Collection[int]
) -> tuple[Piece, Piece] | None:
    """`piece` cut where a long repeat at its start or end meets new text, or None.

    `edges`: where pieces begin or end, or nearly.
    """
    length = end - start
    if length < PARTLY * 1.25 or _covered(runs, start, end) >= COVERED_BESIDE * length:
        return None
    for run in runs:
        if run.start >= end:
            break
        a, b = max(start, run.start), min(end, run.end)
        # Alone, a repeat at an edge may be a lead quoted; beside a piece that goes on repeating it is a splice, unless
        # a column's end parts the quotation where the lead is whole.
        ahead = run.source - run.start
        if a - start <= ABOUT < end - b and b - a >= (
            PARTLY if run.start < start - ABOUT and start + ahead in edges else PARTLY_ALONE
        ):
            return _cut(piece, norm.offsets[b])
        if end - b <= ABOUT < a - start and b - a >= (
            PARTLY if run.end > end + ABOUT and end + ahead in edges else PARTLY_ALONE
        ):
            return _cut(piece, norm.offsets[a])
    return None


def _cut(piece: Piece, offset: int) -> tuple[Piece, Piece]:
    at = offset - piece.start
    left, right = piece.text[:at].rstrip(), piece.text[at:]
    return (
        replace(piece, end=piece.start + len(left), text=left, folded=piece.folded[: len(left)]),
        replace(piece, start=offset, text=right, folded=piece.folded[at:], gap=0),
    )


def _whole_repeats(
    norm: Normalised, pieces: Sequence[Piece], spans: Sequence[tuple[int, int]], runs: Sequence[_Run], partial: set[int]
) -> dict[int, tuple[int, int]]:
    """Pieces all of which repeats earlier text, and the span repeated."""
    copies = _earlier_copies([norm.text[a:b] for a, b in spans])
    shares = [_covered(runs, a, b) / (b - a) if b > a else 0.0 for a, b in spans]
    chosen = _repeated_chains(pieces, spans, copies)
    for i, (a, b) in enumerate(spans):
        if i in partial or b - a < LONG_ALONE:
            continue
        if copies[i] or (shares[i] >= COVERED and _repeats_alone(runs, a, b, spans)):
            chosen.setdefault(i, None)
    for order in (range(len(pieces)), range(len(pieces) - 1, -1, -1)):
        for i in order:
            beside = i - 1 in chosen or i + 1 in chosen
            if i in chosen or i in partial or not beside:
                continue
            if spans[i][1] - spans[i][0] >= LONG and shares[i] >= COVERED_BESIDE:
                chosen[i] = None
            elif any(abs(c - d) <= 2 for k in (i - 1, i + 1) if k in chosen for c in copies[i] for d in copies[k]):
                chosen[i] = copies[i][0]
    found: dict[int, tuple[int, int]] = {}
    for i, copy in chosen.items():
        if pieces[i].cue == "jump_from" and pieces[i + 1 : i + 2] and i + 1 not in chosen:
            continue
        source = copy if copy is not None else (copies[i][0] if copies[i] else None)
        if source is not None:
            found[i] = pieces[source].start, pieces[source].end
        else:
            found[i] = _source_span(norm, runs, *spans[i])
    return found


def _repeats_alone(runs: Sequence[_Run], start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Does [start, end), which is no copy of a whole piece, say again a long passage, or parts of two pieces?

    Else it is honest prose: a lead's sentence told at length, a phrase or two that the page likes.
    """
    at = bisect_right(runs, start, key=lambda run: run.end)
    mine = [
        (max(start, run.start), min(end, run.end), run.source - run.start)
        for run in runs[at : at + SPLICED + 1]
        if run.start < end
    ]
    (from_, to, ahead), (_, last, behind) = mine[0], mine[-1]
    if to - from_ >= max(PARTLY_ALONE, COVERED * (end - start)):
        return True
    head, tail = spans[_piece_at(spans, from_ + ahead)], spans[_piece_at(spans, last + behind - 1)]
    if len(mine) == 1:
        return head[0] < start + ahead and head != tail
    return len(mine) == SPLICED and from_ == start and start + ahead == head[0] and last + behind == tail[1]


def _piece_at(spans: Sequence[tuple[int, int]], at: int) -> int:
    return bisect_right(spans, at, key=lambda span: span[0]) - 1


def _earlier_copies(keys: Sequence[str]) -> list[list[int]]:
    """For each piece, the pieces before it with the same solid text (the first few)."""
    places: dict[str, list[int]] = {}
    copies: list[list[int]] = []
    for i, key in enumerate(keys):
        known = places.setdefault(key, [])
        copies.append(known[:])
        if key and len(known) < CANDIDATES * 2:
            known.append(i)
    return copies


def _repeated_chains(
    pieces: Sequence[Piece], spans: Sequence[tuple[int, int]], copies: Sequence[list[int]]
) -> dict[int, int | None]:
    """Runs of pieces, one after another, that stand one after another earlier too: each with its first copy."""
    found: dict[int, int | None] = {}
    for i in range(1, len(pieces)):
        following = next((c for c in copies[i] if c - 1 in copies[i - 1]), None)
        if following is None or following in found:
            continue
        a, b = spans[i - 1][0], spans[i][1]
        prose = max((spans[k][1] - spans[k][0] for k in (i - 1, i) if pieces[k].cue == "text"), default=0)
        if i - 1 in found or (b - a >= CHAIN and prose >= CHAIN_PROSE):
            found.setdefault(i - 1, following - 1)
            found[i] = following
    return found
