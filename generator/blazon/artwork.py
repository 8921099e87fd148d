"""The pictures of badges as geometry: sewn patches, drawn from a badge's kind, level, thread and icon.

One list of layers feeds two writers, the SVG here and the PNG in `pictures`. The square is 512 wide, centred on 0,0.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass

from blazon import curves, icons, lettering
from blazon.curves import pair
from blazon.model import Art, Kind
from blazon.silhouettes import SILHOUETTES
from blazon.threads import THREADS, Thread, mixed

SIDE = 512
PIXELS = 400  # a side of the picture as a PNG; it is the largest thing that an award takes along
SHAPES = tuple(SILHOUETTES)

_SHAPE_OF_KIND: Mapping[Kind, str] = {
    Kind.SKILL: "hexagon",
    Kind.KNOWLEDGE: "arch",
    Kind.LIFE_SKILL: "lobes",
    Kind.PARTICIPATION: "circle",
    Kind.IDENTITY: "shield",
    Kind.MICRO_CREDENTIAL: "rosette",
}
_FIELD = 0.925
_RUNNING_STITCHES = (0.845, 0.783, 0.721)
_TOP_LEVEL = 3
_TAILS = "M-150 152H-203L-185 183L-203 214H-150ZM150 152H203L185 183L203 214H150Z"
_WITHIN_TAILS = "M-155.5 157.5H-193.5L-178.6 183L-193.5 208.5H-155.5ZM155.5 157.5H193.5L178.6 183L193.5 208.5H155.5Z"


@dataclass(frozen=True, slots=True)
class Layer:
    """One path of a drawing, filled or stroked or both; an empty colour is none.

    `dash` is the length of a stitch and of the gap after it, and `count` says how many of both go around: they are
    stretched a little, so that the last meets the first. Strokes end and turn round, unless `flat` cuts them off.
    Outlines within others are holes where the path is `pierced`, which no path of an SVG is.
    `scale` and `shift` are applied to the path and to the width of its stroke.
    """

    path: str
    fill: str = ""
    stroke: str = ""
    width: float = 0
    dash: tuple[float, float] = (0, 0)
    count: int = 0
    flat: bool = False
    pierced: bool = False
    opacity: float = 1
    scale: float = 1
    shift: tuple[float, float] = (0, 0)


def layers(slug: str, kind: Kind, level: int, art: Art) -> tuple[Layer, ...]:
    """A badge's picture from the back to the front; at level 0 there is no ribbon."""
    thread, silhouette = THREADS[art.thread], SILHOUETTES[art.shape or _SHAPE_OF_KIND[kind]]
    return (
        *_cloth(silhouette, thread, level),
        _rosette(slug, thread, level),
        *_running_stitches(silhouette, thread, level),
        *_icon(art.icon, thread, level),
        *(_ribbon(level, thread) if level else ()),
    )


def svg(drawing: tuple[Layer, ...]) -> bytes:
    """A drawing as an SVG file."""
    half = SIDE // 2
    square = f'viewBox="-{half} -{half} {SIDE} {SIDE}" width="{SIDE}" height="{SIDE}"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {square} stroke-linecap="round" stroke-linejoin="round" fill="none">'
    )
    return "\n".join((head, *map(_element, drawing), "</svg>\n")).encode("ascii")


def sewn(path: str, colour: str, width: float, dash: tuple[float, float], *, flat: bool = False) -> Layer:
    """Stitches along a path: as many as fit."""
    around = sum(map(curves.length, curves.flatten(path)))
    return Layer(path, stroke=colour, width=width, dash=dash, count=round(around / sum(dash)), flat=flat)


def _cloth(silhouette: str, thread: Thread, level: int) -> tuple[Layer, ...]:
    """An outline that shows on dark pages, ribbon included, the sewn edge (golden at the top level), and the field."""
    gold, golden = THREADS["marigold"], level >= _TOP_LEVEL
    edge, stitches = (gold.field, gold.edge) if golden else (thread.edge, thread.edge_2)
    path, field = curves.scaled(silhouette, 1), curves.scaled(silhouette, _FIELD)
    return (
        Layer(path + (_WITHIN_TAILS if level else ""), stroke="#ffffff", width=23, opacity=0.7),
        Layer(path, fill=edge, stroke=edge, width=16),
        sewn(path, stitches, 15, (2.6, 3.4), flat=True),
        Layer(field, fill=thread.field, stroke=thread.edge if golden else "", width=5),
    )


def _rosette(slug: str, thread: Thread, level: int) -> Layer:
    """Turned ellipses around the icon, as many and as round as the slug's digest says: each badge has its own pattern."""
    digest = hashlib.sha256(slug.encode()).digest()
    room = 192 * _RUNNING_STITCHES[max(0, min(level, _TOP_LEVEL) - 1)]
    count, long, short = 9 + digest[0] % 8, room + digest[1] % 8, room * (84 + digest[2] % 72) / 256
    turns = ((number + digest[3] / 256) * 180 / count for number in range(count))
    path = "".join(_ellipse(long, short, turn) for turn in turns)
    return Layer(path, stroke=mixed(thread.soft, thread.field, 38), width=1.6)


def _ellipse(long: float, short: float, turn: float) -> str:
    """A turned ellipse as a path."""
    x, y = long * math.cos(math.radians(turn)), long * math.sin(math.radians(turn))
    arc = f"A{pair(long - 0.2, short)} {turn:.1f} 0 1 "  # too short by a hair: so an arc grows to just half an ellipse
    return f"M{pair(x, y)}{arc}{pair(-x, -y)}{arc}{pair(x, y)}Z"


def _running_stitches(silhouette: str, thread: Thread, level: int) -> tuple[Layer, ...]:
    """Lines of stitches on the field, one for each level."""
    paths = [curves.scaled(silhouette, factor) for factor in _RUNNING_STITCHES[: max(1, level)]]
    return tuple(sewn(path, thread.on, 3.6, (11, 8)) for path in paths)


def _icon(name: str, thread: Thread, level: int) -> tuple[Layer, ...]:
    """The icon on a plain disc of the field; with a ribbon below, it is smaller and stands higher."""
    scale, y = (6.6, -30.0) if level else (7.6, 0.0)
    disc = f"M{pair(0, y - 14 * scale)}{2 * f'A{pair(14 * scale, 14 * scale)} 0 0 1 {{}}'}Z"
    disc = disc.format(pair(0, y + 14 * scale), pair(0, y - 14 * scale))
    shift = (round(-12 * scale, 1), round(y - 12 * scale, 1))
    return (
        Layer(disc, fill=thread.field),
        Layer(icons.path(name), stroke=thread.on, width=1.75, scale=scale, shift=shift),
    )


def _ribbon(level: int, thread: Thread) -> tuple[Layer, ...]:
    """A band over the lower part of the patch: the level in words, and as that many of three chevrons."""
    dark, pale = thread.edge_2, mixed(thread.edge_2, "#ffffff", 24)
    thick, thin = lettering.level(level)
    chevrons = [f"M{x} 171l9.5-17.5 9.5 17.5" for x in (69, 98, 127)]
    won, open_ = "".join(chevrons[:level]), "".join(chevrons[level:])
    return (
        Layer(_TAILS, fill=dark, stroke=dark, width=5),
        Layer("M-168 128H168V196H-168Z", fill="#ffffff", stroke=dark, width=5),
        Layer(thin, stroke=dark, width=3.6, shift=(-145, 148)),
        Layer(thick, stroke=dark, width=6.2, shift=(-145, 148)),
        *((Layer(open_, stroke=pale, width=7),) if open_ else ()),
        Layer(won, stroke=dark, width=7),
    )


def _element(layer: Layer) -> str:
    """A layer as an SVG element."""
    attributes = {
        "d": layer.path,
        "fill": layer.fill,
        "stroke": layer.stroke,
        "stroke-width": f"{layer.width:g}" if layer.stroke else "",
        "stroke-dasharray": "{:g} {:g}".format(*layer.dash) if layer.count else "",
        "pathLength": f"{layer.count * sum(layer.dash):g}" if layer.count else "",
        "stroke-linecap": "butt" if layer.flat else "",
        "opacity": f"{layer.opacity:g}" if layer.opacity < 1 else "",
        "transform": _placed(layer),
    }
    return "".join(("<path", *(f' {name}="{value}"' for name, value in attributes.items() if value), "/>"))


def _placed(layer: Layer) -> str:
    """A layer's shift and scale as an SVG transform."""
    shift = "translate({:g} {:g})".format(*layer.shift) if any(layer.shift) else ""
    return shift + (f"scale({layer.scale:g})" if layer.scale != 1 else "")
