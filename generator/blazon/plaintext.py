"""A piece of a page as plain text: what somebody hears who cannot see how it looks."""

from __future__ import annotations

from html.parser import HTMLParser

_ENDING = (".", "!", "?", ":", "\u061f", "\u2026")  # with the question mark of Arabic


def plain(html: str) -> str:
    """The text of a piece of a page on one line. What stands in a block of its own, or in bold, ends like a sentence."""
    reader = _Reader()
    reader.feed(str(html))
    reader.close()
    return " ".join(reader.sentences())


class _Reader(HTMLParser):
    """Collects text between the ends of blocks."""

    def __init__(self) -> None:
        """Nothing was read yet."""
        super().__init__()
        self._blocks = [""]

    def handle_endtag(self, tag: str) -> None:
        """End a block."""
        if tag in {"p", "strong", "div", "li", "h1", "h2", "h3"}:
            self._blocks.append("")

    def handle_data(self, data: str) -> None:
        """Add text to the block at hand."""
        self._blocks[-1] += data

    def sentences(self) -> list[str]:
        """The blocks that have text, each with an end."""
        found = (" ".join(block.split()) for block in self._blocks)
        return [text if text.endswith(_ENDING) else f"{text}." for text in found if text]
