"""The images of the house style: those that the PDF prints too, and those that it could not."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from caqes_docs.core.errors import RenduError
from caqes_docs.ooxml.ns import WP, A, R, qw
from caqes_docs.rendering.charte import NU, Habillage
from caqes_docs.rendering.docx.charte.habillage import dress
from caqes_docs.rendering.docx.charte.lecture import Archive, Bandeau, open_archive, read_file
from caqes_docs.rendering.logos import Logo

_EMU = 360_000
_FORMATS = {"PNG", "JPEG", "GIF"}
_MODES = {"1", "L", "LA", "P", "RGB", "RGBA"}
_SIDES = {"center": "center", "right": "right", "end": "right"}
_AGAIN = (
    "Enregistrer l’image en PNG (ou en JPEG, couleurs RVB), puis, dans Word, la supprimer et "
    "l’insérer de nouveau\u00a0: Insertion, Images, Cet appareil."
)
FauteImage = tuple[str, str, str]


def load_logos(path: Path, habillage: Habillage = NU) -> tuple[Logo, ...]:
    """The images of the headers and footers of the charte at `path`, dressed.

    Raises:
        RenduError: R-210 one cannot be shown in the PDF; the charte cannot be read.
    """
    archive = open_archive(path, dress(read_file(path), habillage))
    logos = []
    for found in _iter_images(archive):
        if not isinstance(found, Logo):
            raise RenduError(found[0], found[1], remede=found[2])
        logos.append(found)
    return tuple(logos)


def check_images(archive: Archive) -> Iterator[FauteImage]:
    """R-210: an image that the PDF cannot show; R-211: one that no act would show."""
    if any(True for _ in archive.fichier.element.body.iter(qw("drawing"), qw("pict"))):
        yield (
            "R-211",
            "Une image est placée dans le corps de la charte\u00a0: elle ne paraîtrait dans aucun "
            "acte.",
            "La couper, puis la coller dans l’en-tête de la première page.",
        )
    yield from (found for found in _iter_images(archive) if not isinstance(found, Logo))


def _iter_images(archive: Archive) -> Iterator[Logo | FauteImage]:
    for bandeau in archive.bandeaux:
        root = etree.fromstring(bandeau.xml.encode())
        for tag in ("pict", "object"):
            for node in root.iter(qw(tag)):
                alternate = node.xpath("ancestor::*[local-name()='Fallback']")
                if not alternate and node.xpath(".//*[local-name()='imagedata']"):
                    yield _fault(bandeau, "est d’un ancien format de Word")
        for drawing in root.iter(qw("drawing")):
            for blip in drawing.iter(f"{{{A}}}blip"):
                yield _read(bandeau, drawing, blip)


def _read(bandeau: Bandeau, drawing: etree._Element, blip: etree._Element) -> Logo | FauteImage:
    relation = bandeau.part.rels.get(blip.get(f"{{{R}}}embed", ""))
    if relation is None or relation.is_external:
        return _fault(bandeau, "est seulement liée, et non dans le fichier")
    contenu = relation.target_part.blob
    if refus := why_not(contenu):
        return _fault(bandeau, refus)
    if any(node.attrib for node in drawing.iter(f"{{{A}}}srcRect")):
        return _fault(bandeau, "est rognée dans Word")
    extent, properties = drawing.find(f".//{{{WP}}}extent"), drawing.find(f".//{{{WP}}}docPr")
    if extent is None:
        return _fault(bandeau, "n’a pas de taille")
    cotes = [int(extent.get(cote, "0")) / _EMU for cote in ("cx", "cy")]
    mots = "" if properties is None else properties.get("descr", "") or properties.get("title", "")
    return Logo(bandeau.usage, contenu, cotes[0], cotes[1], " ".join(mots.split()), _side(drawing))


def _side(drawing: etree._Element) -> str:
    """Where the paragraph of an image puts it."""
    paragraph = next(drawing.iterancestors(qw("p")), None)
    justified = None if paragraph is None else paragraph.find(f"{qw('pPr')}/{qw('jc')}")
    return "left" if justified is None else _SIDES.get(justified.get(qw("val"), ""), "left")


def why_not(contenu: bytes) -> str:
    """Why the PDF could not show an image, or an empty string."""
    from PIL import Image, ImageFile

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES  # the PDF engine takes half an image for a whole one
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(contenu)) as image:
            if image.format not in _FORMATS:
                return f"est au format {image.format}"
            image.load()
            return "" if image.mode in _MODES else f"a des couleurs {image.mode}"
    except Exception:  # Pillow raises a dozen kinds on a damaged image
        return "n’est ni un PNG, ni un JPEG, ni un GIF entier"
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def shape_of(contenu: bytes) -> float:
    """The width of an image that can be shown, for a height of one."""
    from PIL import Image

    with Image.open(io.BytesIO(contenu)) as image:
        return image.width / image.height


def _fault(bandeau: Bandeau, pourquoi: str) -> FauteImage:
    kind = "l’en-tête" if bandeau.usage[0] == "header" else "le pied de page"
    which = "courant" if bandeau.usage[1] == "default" else "de la première page"
    return (
        "R-210",
        f"L’image placée dans {kind} {which} de la charte {pourquoi}\u00a0: le PDF ne peut pas la "
        "montrer.",
        _AGAIN,
    )
