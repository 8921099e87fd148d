"""What holds for every test: nothing is asked from the network, and nothing fails for want of speed."""

from __future__ import annotations

from hypothesis import settings

import guard

# Machines are busy at times; what is too slow is found by `make bench` and by tests that count work.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

guard.listen()
