"""The code of classes, taken back: the same classes, and nothing that others may have written."""

from __future__ import annotations

import dataclasses
import inspect
import marshal
import typing
from pathlib import Path

import pytest

from caqes_docs.application.memoire import codes, souvenirs


def _make() -> type:
    @dataclasses.dataclass(frozen=True, slots=True)
    class Prix:
        montant: int
        unite: str = "€"

    return Prix


@pytest.fixture
def lieu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test remembers, with nothing known yet."""
    monkeypatch.setenv(souvenirs.PLACE, str(tmp_path))
    for nom in ("CODES", "_NEUFS"):
        monkeypatch.setattr(codes, nom, {})
    for module, nom in ((dataclasses, "exec"), (typing, "compile")):
        monkeypatch.setitem(vars(module), nom, None)
        del vars(module)[nom]
    return tmp_path / souvenirs.CLASSES


def _annotations(classe: type) -> dict[str, object]:
    return inspect.get_annotations(vars(classe)["__init__"])


def _next_command() -> None:
    codes.remember_codes()
    codes.CODES.clear()
    vars(dataclasses).pop("exec")
    codes.recall_codes()


class DescribeCodes:
    """`recall_codes`, `remember_codes`."""

    def they_are_compiled_once(self, lieu: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        codes.recall_codes()
        _make()
        _next_command()
        monkeypatch.setattr(codes, "compile", None, raising=False)
        prix = _make()
        assert prix(3) == prix(3)
        assert repr(prix(3)).endswith("Prix(montant=3, unite='€')")

    def they_make_the_same_class_as_python_alone(self, lieu: Path) -> None:
        seul = _make()
        codes.recall_codes()
        for _ in range(2):
            classe = _make()
            assert inspect.signature(classe) == inspect.signature(seul)
            assert _annotations(classe) == _annotations(seul)
            with pytest.raises(dataclasses.FrozenInstanceError):
                classe(3).montant = 4
        assert typing.ForwardRef("int | None").__forward_code__.co_names == ("int",)

    @pytest.mark.parametrize("contenu", [b"", b"abime", marshal.dumps(3)])
    def but_what_is_damaged_is_as_if_it_were_not_there(self, lieu: Path, contenu: bytes) -> None:
        souvenirs.remember_bytes(codes._CLE, contenu, souvenirs.CLASSES)
        codes.recall_codes()
        assert codes.CODES == {}

    def nor_is_anything_read_that_others_may_write(self, lieu: Path) -> None:
        codes.recall_codes()
        _make()
        codes.remember_codes()
        lieu.chmod(0o777)
        _next_command()
        assert codes.CODES == {}

    def they_do_not_pile_up_without_end(self, lieu: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(codes, "_SERVIS_MAX", 1)
        code = compile("1", "x", "eval")
        codes.CODES.update(ancien=code, neuf=code)
        codes._NEUFS.update(neuf=code)
        codes.remember_codes()
        codes.CODES.clear()
        codes.recall_codes()
        assert set(codes.CODES) == {"neuf"}
