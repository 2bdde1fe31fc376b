"""The fonts that WeasyPrint draws with: those of the package, and none of the machine.

Fontconfig, which finds them for it, reads the machine's settings where it is not told of others.
"""

from __future__ import annotations

import contextlib
import functools
import os
import threading
from collections.abc import Iterator
from typing import Any, Final

from caqes_docs.core.errors import EnvironnementError
from caqes_docs.rendering.polices import LIVREES

_REGLAGES: Final = "FONTCONFIG_FILE"
_UN_A_LA_FOIS = threading.Lock()


@contextlib.contextmanager
def no_font_of_the_machine() -> Iterator[None]:
    """Tell fontconfig, for a while, of settings that name no folder."""
    with _UN_A_LA_FOIS:
        before = os.environ.get(_REGLAGES)
        os.environ[_REGLAGES] = str(LIVREES / "fonts.conf")
        try:
            yield
        finally:
            del os.environ[_REGLAGES]
            if before is not None:
                os.environ[_REGLAGES] = before


class _Polices(threading.local):
    """The files opened once: each opening leaves some memory behind for good.

    Once per thread, because Pango shares nothing between threads.
    """

    @functools.cached_property
    def configuration(self) -> Any:
        """What WeasyPrint is given.

        Raises:
            EnvironnementError: R-200 a file does not open.
        """
        from weasyprint.text import ffi, fonts

        with no_font_of_the_machine():
            configuration = fonts.FontConfiguration()
        for nom in map(str, sorted(LIVREES.glob("*.ttf"))):
            octets = nom.encode(fonts.PREFERRED_ENCODING)
            if not ffi.fontconfig.FcConfigAppFontAddFile(configuration._config, octets):
                raise EnvironnementError(
                    "R-200",
                    f"Le PDF ne peut pas être produit sur ce poste\u00a0: {nom} ne s’ouvre pas.",
                    remede="Réinstaller\u00a0: pipx reinstall caqes-docs.",
                )
        carte = ffi.ffi.cast("PangoFcFontMap *", configuration.font_map)
        ffi.pangoft2.pango_fc_font_map_config_changed(carte)
        return configuration


POLICES: Final = _Polices()
