"""The nine threads: one name, and the colours that belong together under it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread's colours: of the patch (field, edges, soft lines, marks on the field), and of the page around it."""

    name: str
    field: str
    edge: str
    edge_2: str
    soft: str
    on: str
    fill: str
    text: str
    text_dark: str
    tint: str
    tint_dark: str


_TABLE = """
marigold #f4af2d #bc8301 #9d6d05 #996a02 #14211b #936601 #724e00 #daab5e #fceeda #302412
brick    #c74a31 #911a00 #6c1101 #f7947f #ffffff #c2452c #8f3a29 #f49c88 #ffebe7 #36201b
rose     #c7436d #911144 #6f0231 #f890a9 #ffffff #c23e68 #8d364f #f299ad #feeaee #351f24
plum     #853a77 #550f4b #3b0033 #b77baa #ffffff #a15392 #803b73 #e39cd3 #fee9f8 #31202d
indigo   #3f489b #1d1d69 #0f054e #7784c6 #ffffff #5c68bf #454e99 #9faefa #eceffe #212538
lagoon   #0f7c9c #054e64 #033748 #74b4cd #ffffff #057898 #055c75 #62bee0 #ddf5ff #112a33
spruce   #136147 #003524 #001f13 #649680 #ffffff #347c60 #126046 #7ac1a2 #dff7eb #152c22
moss     #729343 #496617 #354e01 #354b11 #14211b #597928 #3f5d03 #9bbd6f #eaf4df #212a17
slate    #495b67 #23323d #111f28 #83919c #ffffff #5f717f #455763 #a1b5c3 #e4f3fe #192834
"""

THREADS = {line.split()[0]: Thread(*line.split()) for line in _TABLE.strip().splitlines()}


def mixed(over: str, under: str, percent: int) -> str:
    """The colour that comes out when one colour lies over another at some per cent."""
    channels = zip(bytes.fromhex(over[1:]), bytes.fromhex(under[1:]), strict=True)
    return "#" + bytes((a * percent + b * (100 - percent) + 50) // 100 for a, b in channels).hex()
