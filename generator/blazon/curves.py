"""Lines and curves: the part of SVG's path language that our drawings use, turned into polylines.

The same text is written into an SVG and flattened for a PNG, so both pictures show the same thing.
Known are M L H V C Q A Z, absolute and relative (https://www.w3.org/TR/SVG11/paths.html).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Polyline: TypeAlias = tuple[Point, ...]

_STEP = re.compile(r"([MLHVCQAZ])([^MLHVCQAZ]*)", re.IGNORECASE)
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_NUMBERS_OF = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "A": 7, "Z": 0}


def flatten(path: str, tolerance: float = 0.05) -> tuple[Polyline, ...]:
    """A path as polylines that stay within a tolerance of its curves; a closed one ends where it begins."""
    polylines: list[list[Point]] = []
    for command, numbers in _steps(path):
        here = polylines[-1][-1] if polylines else (0.0, 0.0)
        origin = here if command.islower() else (0.0, 0.0)
        match command.upper():
            case "M":
                polylines.append([_moved(origin, *numbers)])
            case "H":
                polylines[-1].append((origin[0] + numbers[0], here[1]))
            case "V":
                polylines[-1].append((here[0], origin[1] + numbers[0]))
            case "C":
                bends = [_moved(origin, *numbers[at : at + 2]) for at in (0, 2, 4)]
                polylines[-1].extend(_cubic(here, bends[0], bends[1], bends[2], tolerance))
            case "Q":
                bend, end = _moved(origin, *numbers[:2]), _moved(origin, *numbers[2:])
                polylines[-1].extend(_quadratic(here, bend, end, tolerance))
            case "A":
                polylines[-1].extend(_arc(here, numbers, _moved(origin, *numbers[5:]), tolerance))
            case "Z":
                polylines[-1].append(polylines[-1][0])
            case _:
                polylines[-1].append(_moved(origin, *numbers))
    return tuple(tuple(polyline) for polyline in polylines)


def distance(start: Point, end: Point) -> float:
    """How far two points are apart; by operations that give the same bits on every machine, which `math.dist` does not."""
    across, down = end[0] - start[0], end[1] - start[1]
    return math.sqrt(across * across + down * down)


def length(polyline: Polyline) -> float:
    """How long a polyline is."""
    return math.fsum(distance(a, b) for a, b in pairwise(polyline))  # `sum` differs between versions of Python


def area(polyline: Polyline) -> float:
    """The area that a closed polyline goes around: above 0 when it does so clockwise, as seen with y growing downwards."""
    return math.fsum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(polyline)) / 2


def dashes(polyline: Polyline, dash: float, gap: float) -> Iterator[Polyline]:
    """The pieces of a polyline that a dashed pen draws, beginning with a dash."""
    drawn, left = True, dash
    piece = [polyline[0]]
    for start, end in pairwise(polyline):
        done, whole = 0.0, distance(start, end)
        while whole - done > left:
            done += left
            point = (start[0] + (end[0] - start[0]) * done / whole, start[1] + (end[1] - start[1]) * done / whole)
            if drawn:
                yield (*piece, point)
            drawn, left, piece = not drawn, gap if drawn else dash, [point]
        left -= whole - done
        piece.append(end)
    if drawn:
        yield tuple(piece)


def _steps(path: str) -> Iterator[tuple[str, list[float]]]:
    """Each step of a path: its command, and the numbers that one command takes."""
    for command, text in _STEP.findall(path):
        numbers, size = [float(number) for number in _NUMBER.findall(text)], _NUMBERS_OF[command.upper()]
        if not size:
            yield command, []
        for at in range(0, len(numbers) if size else 0, size or 1):
            following = {"M": "L", "m": "l"}.get(command, command) if at else command
            yield following, numbers[at : at + size]


def _moved(origin: Point, x: float, y: float) -> Point:
    """A point seen from an origin."""
    return origin[0] + x, origin[1] + y


def _cubic(start: Point, first: Point, second: Point, end: Point, tolerance: float) -> Iterator[Point]:
    """The points of a cubic curve after its start."""
    reach = distance(start, first) + distance(first, second) + distance(second, end)
    count = max(2, math.ceil(math.sqrt(reach / tolerance) / 2))
    for number in range(1, count + 1):
        t = number / count
        u = 1 - t
        yield (
            u**3 * start[0] + 3 * u * u * t * first[0] + 3 * u * t * t * second[0] + t**3 * end[0],
            u**3 * start[1] + 3 * u * u * t * first[1] + 3 * u * t * t * second[1] + t**3 * end[1],
        )


def _quadratic(start: Point, bend: Point, end: Point, tolerance: float) -> Iterator[Point]:
    """The points of a quadratic curve after its start: no more than stay within the tolerance."""
    far = distance((start[0] - 2 * bend[0] + end[0], start[1] - 2 * bend[1] + end[1]), (0, 0))
    count = max(1, math.ceil(math.sqrt(far / tolerance) / 2))
    for number in range(1, count + 1):
        t = number / count
        u = 1 - t
        yield (
            u * u * start[0] + 2 * u * t * bend[0] + t * t * end[0],
            u * u * start[1] + 2 * u * t * bend[1] + t * t * end[1],
        )


def _arc(start: Point, numbers: list[float], end: Point, tolerance: float) -> Iterator[Point]:
    """The points of an elliptical arc after its start (SVG 1.1, appendix F.6.5)."""
    rx, ry, turn, large, sweep = numbers[:5]
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = (cos * half_x + sin * half_y) / rx, (cos * half_y - sin * half_x) / ry
    span = x * x + y * y
    if span > 1:  # the radii do not reach: they grow, as the standard says
        rx, ry, x, y, span = rx * span**0.5, ry * span**0.5, x / span**0.5, y / span**0.5, 1.0
    offset = math.sqrt(max(0.0, 1 / span - 1)) * (-1 if large == sweep else 1)
    center_x, center_y = offset * y, -offset * x
    first = math.atan2(y - center_y, x - center_x)
    angle = math.atan2(-y - center_y, -x - center_x) - first
    angle += math.tau if sweep and angle <= 0 else -math.tau if not sweep and angle >= 0 else 0
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    count = max(2, math.ceil(abs(angle) * math.sqrt(max(rx, ry) / tolerance / 8)))
    for number in range(1, count):
        theta = first + angle * number / count
        along, across = rx * (math.cos(theta) + center_x), ry * (math.sin(theta) + center_y)
        yield middle[0] + cos * along - sin * across, middle[1] + sin * along + cos * across
    yield end


def scaled(path: str, factor: float) -> str:
    """A path made larger or smaller around 0,0."""
    text = ""
    for command, numbers in _steps(path):
        kept = range(2, 5) if command in "Aa" else range(0)
        text += command + numbers_in_short(n if at in kept else n * factor for at, n in enumerate(numbers))
    return text


def pair(x: float, y: float) -> str:
    """Two numbers as a path holds them: a tenth is exact enough, and nothing more is written than must be."""
    return numbers_in_short((x, y))


def numbers_in_short(numbers: Iterable[float]) -> str:
    """Numbers rounded to a tenth; a minus sign needs no space before it."""
    return " ".join(f"{round(number, 1) + 0:g}" for number in numbers).replace(" -", "-")


def moved(path: str, x: float) -> str:
    """A path in absolute commands, moved to the right."""
    text = ""
    for command, numbers in _steps(path):
        across = {"H": (0,), "V": (), "A": (5,)}.get(command, range(0, len(numbers), 2))
        text += command + numbers_in_short(n + x if at in across else n for at, n in enumerate(numbers))
    return text
