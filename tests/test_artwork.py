"""The geometry of badges: curves, icons, silhouettes, and the SVG they make."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from blazon import artwork, curves, icons, lettering, svg
from blazon.model import Art, Kind
from blazon.silhouettes import SILHOUETTES
from blazon.threads import THREADS, mixed


def luminance(colour: str) -> float:
    channels = [channel / 255 for channel in bytes.fromhex(colour[1:])]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def reach(path: str) -> float:
    return max(max(abs(x), abs(y)) for polyline in curves.flatten(path) for x, y in polyline)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_every_badge_passes_our_own_gate_and_is_small(kind: Kind, level: int) -> None:
    for shape in ("", *artwork.SHAPES):
        drawing = artwork.svg(artwork.layers(f"badge-{level}", kind, level, Art("rose", "bicycle", shape)))
        assert svg.refuse(drawing) == ""
        assert len(drawing) <= 12 * 1024


@pytest.mark.parametrize("name", THREADS)
def test_marks_can_be_told_from_their_field(name: str) -> None:
    colours = THREADS[name]
    assert contrast(colours.on, colours.field) >= 4.5
    assert contrast("#ffffff", colours.fill) >= 4.9
    assert contrast(colours.text, colours.tint) >= 6.5
    assert contrast(colours.text_dark, colours.tint_dark) >= 6.5
    assert contrast(colours.edge_2, "#ffffff") >= 4.5  # the ribbon's letters


def test_a_slug_has_a_pattern_of_its_own_and_keeps_it() -> None:
    drawings = {artwork.layers(f"badge-{n}", Kind.SKILL, 0, Art()) for n in range(50)}
    assert len(drawings) == 50
    assert artwork.layers("badge-7", Kind.SKILL, 0, Art()) in drawings


def test_kinds_differ_without_colour_and_a_shape_can_be_chosen() -> None:
    outlines = {kind: artwork.layers("a", kind, 0, Art())[0].path for kind in Kind}
    assert len(set(outlines.values())) == len(Kind)
    assert artwork.layers("a", Kind.SKILL, 0, Art(shape="circle"))[0].path == outlines[Kind.PARTICIPATION]


def test_levels_add_stitches_chevrons_and_a_golden_edge() -> None:
    drawings = [artwork.layers("a", Kind.MICRO_CREDENTIAL, level, Art("indigo")) for level in range(4)]
    assert [sum(layer.dash == (11, 8) for layer in drawing) for drawing in drawings] == [1, 1, 2, 3]
    assert [any(layer.fill == "#ffffff" for layer in drawing) for drawing in drawings] == [False, True, True, True]
    assert [drawing[1].fill == THREADS["marigold"].field for drawing in drawings] == [False, False, False, True]
    assert [drawing[-1].path.count("M") for drawing in drawings[1:]] == [1, 2, 3]


@pytest.mark.parametrize("shape", SILHOUETTES)
def test_a_silhouette_stays_in_the_square_and_is_even(shape: str) -> None:
    path = SILHOUETTES[shape]
    assert 200 < reach(path) <= 256 - 23 / 2
    [polyline] = curves.flatten(path)
    assert polyline[0] == polyline[-1]
    assert abs(max(x for x, _ in polyline) + min(x for x, _ in polyline)) < 0.2
    assert max(math.dist(a, b) for a, b in pairwise(polyline)) < 400


def test_there_are_icons_enough_and_all_lie_in_their_grid() -> None:
    assert len(icons.names()) >= 60
    assert list(icons.names()) == sorted(icons.names())
    for name in icons.names():
        points = [point for polyline in icons.strokes(name) for point in polyline]
        assert all(1.4 <= x <= 22.6 and 1.4 <= y <= 22.6 for x, y in points), name
        assert max(math.dist(point, (12, 12)) for point in points) < 14, name  # the disc behind it


def test_letters_are_where_the_ribbon_has_room() -> None:
    for number in range(10):
        thick, thin = lettering.level(number)
        points = [point for path in (thick, thin) for polyline in curves.flatten(path) for point in polyline]
        assert all(-1 <= x <= 205 and -1 <= y <= 29 for x, y in points)


@pytest.mark.parametrize(
    ("path", "length"),
    [
        ("M0 0h3v4z", 12),
        ("M1 1L4 5", 5),
        ("M0 0l1 0 1 0 1 0", 3),
        ("M0-10A10 10 0 0 1 0 10A10 10 0 0 1 0-10Z", 20 * math.pi),
        ("M0 0A10 10 0 0 0 10 10", 5 * math.pi),
        ("M0 0A10 10 0 1 0 10 10", 15 * math.pi),
        ("M0 0a1 1 0 0 1 20 0", 10 * math.pi),
        ("M0 0C0 5 0 5 0 10", 10),
        ("M0 0Q0 5 0 10", 10),
        ("M10 10q10 0 10 10z", 16.232 + 10 * math.sqrt(2)),
        ("M8.661 5A10 5 30 0 1-8.661-5A10 5 30 0 1 8.661 5", 48.442),
    ],
)
def test_paths_are_as_long_as_they_are_drawn(path: str, length: float) -> None:
    measured = sum(map(curves.length, curves.flatten(path, 0.0001)))
    assert measured == pytest.approx(length, rel=1e-3)


@pytest.mark.parametrize(("path", "area"), [("M0 0h4v3h-4z", 12), ("M0 0v3h4v-3z", -12), ("M1 1h2z", 0)])
def test_the_area_of_an_outline_says_which_way_it_runs(path: str, area: float) -> None:
    assert curves.area(curves.flatten(path)[0]) == pytest.approx(area)


def test_dashes_fill_a_line() -> None:
    pieces = list(curves.dashes(((0, 0), (10, 0), (10, 10)), 3, 2))
    assert [curves.length(piece) for piece in pieces] == pytest.approx([3, 3, 3, 3])
    assert [piece[0] for piece in pieces] == [(0, 0), (5, 0), (10, 0), (10, 5)]
    assert [piece[-1] for piece in pieces] == [(3, 0), (8, 0), (10, 3), (10, 8)]


def test_scaling_leaves_flags_and_turns_alone() -> None:
    assert curves.scaled("M-10 4A10 5 30 0 1 20-8Z", 0.5) == "M-5 2A5 2.5 30 0 1 10-4Z"
    assert curves.moved("M1 2H3V4A5 5 0 1 0 6 7", 10) == "M11 2H13V4A5 5 0 1 0 16 7"


def test_a_mixed_colour_lies_between() -> None:
    assert mixed("#ffffff", "#000000", 38) == "#616161"
    assert mixed("#123456", "#abcdef", 100) == "#123456"
