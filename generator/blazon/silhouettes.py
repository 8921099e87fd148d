"""The outlines of patches: one for each kind of badge, so that the kind can be read at 48 pixels and without colour."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import chain

from blazon.curves import Point, distance, pair


def _hexagon(reach: float, corner: float) -> str:
    """A hexagon standing on a corner, its corners rounded."""
    corners = [_at(60 * number, reach) for number in range(6)]
    cut = corner * math.tan(math.radians(30)) / reach
    arcs = []
    for before, here, after in zip((corners[-1], *corners), corners, (*corners[1:], corners[0]), strict=False):
        enters, leaves = _toward(here, before, cut), _toward(here, after, cut)
        arcs.append(f"{pair(*enters)}A{corner} {corner} 0 0 1 {pair(*leaves)}")
    return f"M{'L'.join(arcs)}Z"


def _lobes(count: int, outer: float, inner: float) -> str:
    """A flower: arcs that swell and arcs that draw in, as round as each other, flowing into one another."""
    half = math.pi / count
    low, high = 0.0, outer
    for _ in range(60):  # halve the doubt: circles that are too small do not touch, too large ones overlap
        bend = (low + high) / 2
        apart = distance((outer - bend, 0), ((inner + bend) * math.cos(half), (inner + bend) * math.sin(half)))
        low, high = (bend, high) if apart > 2 * bend else (low, bend)
    meeting = (
        (outer - low + (inner + low) * math.cos(half)) / 2,
        (inner + low) * math.sin(half) / 2,
    )
    aside, far = math.degrees(math.atan2(meeting[1], meeting[0])), distance((0, 0), meeting)
    joints = chain.from_iterable(
        ((1, _at(360 * number / count + aside, far)), (0, _at(360 * (number + 1) / count - aside, far)))
        for number in range(count)
    )
    radius = pair(low, low)
    arcs = "".join(f"A{radius} 0 0 {swell} {pair(*joint)}" for swell, joint in joints)
    return f"M{pair(*_at(-aside, far))}{arcs}Z"


def _at(degrees: float, reach: float) -> Point:
    """The point at an angle, clockwise from the top."""
    return reach * math.sin(math.radians(degrees)), -reach * math.cos(math.radians(degrees))


def _toward(here: Point, there: Point, share: float) -> Point:
    """The point some share of the way from here to there."""
    return here[0] + (there[0] - here[0]) * share, here[1] + (there[1] - here[1]) * share


SILHOUETTES: Mapping[str, str] = {
    "arch": "M-206-8A206 206 0 0 1 206-8V182A28 28 0 0 1 178 210H-178A28 28 0 0 1-206 182Z",
    "circle": "M0-218A218 218 0 0 1 0 218A218 218 0 0 1 0-218Z",
    "hexagon": _hexagon(244, 40),
    "lobes": _lobes(8, 228, 198),
    "rosette": _lobes(20, 230, 210),
    "shield": (
        "M0-226C50-200 110-192 176-194C196-194.6 207-184 207-166V8C207 118 118 200 0 238"
        "C-118 200-207 118-207 8V-166C-207-184-196-194.6-176-194C-110-192-50-200 0-226Z"
    ),
}
