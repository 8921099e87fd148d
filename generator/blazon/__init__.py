"""blazon turns a git repository into a website of verifiable digital badges.

Files are read into a tree of bytes, the tree into a program, the program is checked and laid out, and a site comes out:
documents, credentials with proofs, baked pictures and pages, streamed as pairs of path and bytes to the one module
that writes them. The same repository gives the same bytes.
"""

__version__ = "0.1.0"
