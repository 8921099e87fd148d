"""Canonicalizes with PyLD and signs with PyNaCl: `python sign_with_pyld.py CREDENTIALS COUNT`."""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path

from nacl.signing import SigningKey

sys.path.insert(0, str(Path(__file__).parents[1]))

from stopwatch import Stopwatch

import judges
from blazon import base58


def main() -> None:
    """Print the seconds that signing took."""
    file, count = sys.argv[1:]
    order, *documents = map(json.loads, Path(file).read_text("utf-8").splitlines()[: int(count) + 1])
    key = SigningKey(bytes.fromhex(order["seed"]))
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": order["created"],
        "verificationMethod": order["method"],
        "proofPurpose": "assertionMethod",
    }
    watch = Stopwatch()
    signatures = []
    for document in documents:
        configuration = judges.pyld_canonical({"@context": document["@context"], **options})
        payload = sha256(configuration.encode()).digest() + sha256(judges.pyld_canonical(document).encode()).digest()
        signatures.append(key.sign(payload).signature)
    told = watch.stop()
    assert "z" + base58.encode(signatures[0]) == order["value"], "it signed something else"
    print(told)


if __name__ == "__main__":
    main()
