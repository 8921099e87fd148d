"""`python -m blazon` does what `blazon` does."""

from blazon.cli import main

main()
