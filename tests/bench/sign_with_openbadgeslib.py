"""Signs credentials with openbadgeslib: `python sign_with_openbadgeslib.py CREDENTIALS proof|signer COUNT`.

`proof` adds a Data Integrity proof to each document as it is. `signer` gives each to its signer class, which signs what its own
model of a credential holds, and so less than the whole document, and checks what it signed.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from openbadgeslib.ob3 import ldp
from openbadgeslib.ob3.credential import OpenBadgeCredential
from stopwatch import Stopwatch


def main() -> None:
    """Print the seconds that signing took."""
    file, way, count = sys.argv[1:]
    order, *documents = map(json.loads, Path(file).read_text("utf-8").splitlines()[: int(count) + 1])
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(order["seed"]))
    created = datetime.fromisoformat(order["created"])
    watch = Stopwatch()
    if way == "signer":
        signer = ldp.OB3LdpSigner(key, order["method"])
        for document in documents:
            signer.sign(OpenBadgeCredential.from_vc_document(document), created=created)
    else:
        signed = [ldp.add_data_integrity_proof(one, key, order["method"], created=created) for one in documents]
        assert signed[0]["proof"]["proofValue"] == order["value"], "it signed something else"
    print(watch.stop())


if __name__ == "__main__":
    main()
