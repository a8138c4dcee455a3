"""`python -m benchmarks.growth FIGURES.json… > growth.svg`: how search grows with the archive, as a plot.

Each file is what `python -m benchmarks.search --json FILE` wrote of one archive. Both axes are logarithmic: a line that
rises less steeply than the dashed one grows less than the archive.
"""

import argparse
import json
from math import log10
from pathlib import Path

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 640, 400, 60, 40, 20, 110
COLOURS = {"bare": "#888", "newest": "#06c", "relevance": "#c40", "count": "#080", "icontains": "#a0a"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figures", nargs="+", type=Path)
    found = [json.loads(path.read_text()) for path in parser.parse_args().figures]
    print(plot(sorted((each["documents"], each["p95"]) for each in found)))


def plot(found):
    """SVG of [(articles, {what: milliseconds})], smallest archive first."""
    sizes = [log10(size) for size, _ in found]
    times = [log10(ms) for _, figures in found for ms in figures.values()]
    across = scale(min(sizes), max(sizes), LEFT, WIDTH - RIGHT)
    up = scale(int(min(times) // 1), int(-(-max(times) // 1)), HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for power in range(int(min(times) // 1), int(-(-max(times) // 1)) + 1):
        parts.append(line([(LEFT, up(power)), (WIDTH - RIGHT, up(power))], "#ddd"))
        parts.append(label(LEFT - 6, up(power) + 4, f"{10**power:g} ms", "end"))
    for size, _ in found:
        parts.append(label(across(log10(size)), HEIGHT - BOTTOM + 18, f"{size:,}", "middle"))
    lowest = up.low
    parts.append(line([(across(x), up(lowest + x - sizes[0])) for x in (sizes[0], sizes[-1])], "#bbb", "4 4"))
    for name, colour in COLOURS.items():
        points = [(across(log10(size)), up(log10(p[name]))) for size, p in found if name in p]
        if points:
            parts += [line(points, colour), label(points[-1][0] + 6, points[-1][1] + 4, name, "start", colour)]
    return "\n".join([*parts, label(LEFT, HEIGHT - 6, "articles; p95 of all queries", "start"), "</svg>"])


def scale(low, high, start, end):
    def place(value):
        return round(start + (value - low) / ((high - low) or 1) * (end - start), 1)

    place.low = low
    return place


def line(points, colour, dashes="none"):
    spots = " ".join(f"{x},{y}" for x, y in points)
    return f'<polyline points="{spots}" fill="none" stroke="{colour}" stroke-width="1.5" stroke-dasharray="{dashes}"/>'


def label(x, y, text, anchor, colour="#333"):
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}">{text}</text>'


if __name__ == "__main__":
    main()
