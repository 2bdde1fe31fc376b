"""caqes_docs: contracts, avenants and evaluations of the CAQES, made from data and dated law."""

from __future__ import annotations

__version__ = "0.1.0"
