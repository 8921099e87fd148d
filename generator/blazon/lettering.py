"""The few letters and the numerals that ribbons need, as strokes with slab serifs: thick stems, thin bars."""

from __future__ import annotations

from blazon import curves

# Width; thick strokes; thin strokes. Capitals are 28 high, the base line is at 28.
_GLYPHS = {
    "L": (22, "M6 1V27", "M0 0H12M0 28H21.5V20"),
    "E": (22.5, "M6 1V27", "M0 0H20.5V7M0 28H21.5V20.5M6 13.8H14.5M14.5 10V17.6"),
    "V": (25, "M5 1L12.8 27", "M0 0H10M15.8 0H25M20.6 0L13.4 27.5"),
    " ": (8, "", ""),
    "0": (17, "M8.5 1A6.8 13 0 0 1 8.5 27A6.8 13 0 0 1 8.5 1Z", ""),
    "1": (15, "M8 2V27", "M1.5 5.5C4 5 6 3.5 8 .5M1 28H15"),
    "2": (17, "M2.4 8A6.6 6.9 0 0 1 15.6 8C15.6 15 6 19.5 2.2 26.6", "M1.5 28H16.5V21.5"),
    "3": (18, "M2.2 6.8A6.6 6 0 0 1 15 6.8A6.4 6.2 0 0 1 8.4 13.2A7.2 6.9 0 0 1 15.8 20A7.2 7 0 0 1 1.6 20.6", ""),
    "4": (18.5, "M12.4 1.5V27", "M12.4 .5L.8 19.6H18M7.5 28H17.5"),
    "5": (17, "M2 22A7.4 7.6 0 1 0 3.4 13.2", "M15 0H3.6V13"),
    "6": (17, "M14.4 3C8 2 1.8 10 1.8 20.2A6.9 7 0 1 0 15.6 20.2A6.9 7 0 1 0 1.8 20.2", ""),
    "7": (17, "M16 1.5C11 9 7.6 17 7 27", "M1.5 6.5V0H16.5"),
    "8": (17, "M8.5 1A5.9 6 0 0 1 8.5 13A5.9 6 0 0 1 8.5 1ZM8.5 13A7 7 0 0 1 8.5 27A7 7 0 0 1 8.5 13Z", ""),
    "9": (17, "M2.6 25C9 26 15.2 18 15.2 7.8A6.9 7 0 1 0 1.4 7.8A6.9 7 0 1 0 15.2 7.8", ""),
}
_SPACING = 6


def level(number: int) -> tuple[str, str]:
    """The words `LEVEL n` as paths from 0,0 to the right: the thick strokes, the thin ones."""
    thick, thin, x = "", "", 0.0
    for letter in f"LEVEL {number}":
        width, stems, bars = _GLYPHS[letter]
        thick += curves.moved(stems, x)
        thin += curves.moved(bars, x)
        x += width + _SPACING
    return thick, thin
