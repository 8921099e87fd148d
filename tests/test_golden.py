"""Small programs and their whole published sites: what a change does to them is what it does to everybody."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from PIL import Image

from blazon import bake
from goldens import SITES, built, golden
from samples import vector

SIGNED = (".json",)
PICTURES = (".png",)


@pytest.fixture(scope="module", params=SITES)
def sites(request: pytest.FixtureRequest) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """A site as it is built now, and as it was accepted."""
    return built(request.param), golden(request.param)


def test_the_same_files_are_published(sites: tuple[dict[str, bytes], dict[str, bytes]]) -> None:
    ours, accepted = sites
    assert sorted(ours) == sorted(accepted)


def test_documents_are_the_same_bytes(sites: tuple[dict[str, bytes], dict[str, bytes]]) -> None:
    ours, accepted = sites
    documents = [path for path in accepted if path.endswith(SIGNED)]
    assert documents
    for path in documents:
        assert ours[path] == accepted[path], path


def test_pages_and_drawings_are_the_same_bytes(sites: tuple[dict[str, bytes], dict[str, bytes]]) -> None:
    ours, accepted = sites
    for path, data in accepted.items():
        if not path.endswith((*SIGNED, *PICTURES)):
            assert ours[path].decode(errors="replace") == data.decode(errors="replace"), path  # text shows what differs
            assert ours[path] == data, path


def test_pictures_have_the_same_pixels_and_credentials(sites: tuple[dict[str, bytes], dict[str, bytes]]) -> None:
    ours, accepted = sites
    for path in (path for path in accepted if path.endswith(PICTURES)):
        assert _pixels(ours[path]) == _pixels(accepted[path]), path
        assert bake.unbake_png(ours[path]).credential == bake.unbake_png(accepted[path]).credential


def _pixels(data: bytes) -> bytes:
    """A picture's pixels, whatever its compression."""
    return Image.open(BytesIO(data), formats=["PNG"]).convert("RGBA").tobytes()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("awards/a7f3/credential.json", "award-a7f3.json"),
        ("awards/b81c/credential.json", "award-b81c.json"),
        ("status/revocation-1.json", "status-list.json"),
        ("did.json", "did.json"),
        ("awards/c99d/assertion.json", "assertion-c99d-revoked.json"),
        ("ob2/revocations.json", "revocations.json"),
    ],
)
def test_the_academy_publishes_the_examples(path: str, name: str) -> None:
    assert json.loads(golden("academy")[path]) == vector(name)
