"""`python -m caqes_docs`: the same as the `caqes` command."""

from __future__ import annotations

from caqes_docs.interfaces.cli.main import main

if __name__ == "__main__":
    main()
