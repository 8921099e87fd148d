"""How much room a host has for a site: what a build says of it, and when it warns."""

from __future__ import annotations

from blazon.diagnostics import Place, Report, counted

HOST = 1_000_000_000  # bytes of a site that GitHub Pages and its kin publish
FULLEST = 900_000_000  # bytes from which a build warns, while there is time to do something

_THOUSAND = 1000
_SMALLER = 'let pages make the pictures with awards inside ("pictures: on-demand" in content/site.yaml), or make those of badges smaller; '
_ELSEWHERE = "publish at a host that takes more; or go on in a second program, for example for the next year."


def warn(size: int, folder: str, report: Report, fullest: int = FULLEST, *, baked: bool = True) -> None:
    """Say in a report that a site of so many bytes nearly fills its host, when it does; `baked` when its awards have pictures."""
    if size > fullest:
        message = f"the site has {amount(size)}; hosts such as GitHub Pages stop at {amount(HOST)}."
        hint = f"before it is full, {_SMALLER if baked else ''}{_ELSEWHERE}"
        report.warn("nearly-full", Place(folder), message, hint)


def told(size: int) -> str:
    """How full a host is: `host: 0.3 % full, when it takes 1 GB as GitHub Pages does`."""
    return f"host: {100 * size / HOST:.1f} % full, when it takes {amount(HOST)} as GitHub Pages does"


def amount(size: int) -> str:
    """A number of bytes as people say it: `812 kB`, `3.1 MB`, `1 GB`."""
    if size < _THOUSAND:
        return counted(size, "byte")
    if size < _THOUSAND**2:
        return f"{size / _THOUSAND:.0f} kB"
    if size < _THOUSAND**3:
        return f"{size / _THOUSAND**2:,.1f} MB"
    return f"{size / _THOUSAND**3:,.1f} GB".replace(".0 ", " ")
