"""Three signatories, one after the other, on an act of each engine: none spoils the others'."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from collections.abc import Callable
from typing import Any

import page
import pytest
from asn1crypto import x509 as asn1
from asn1crypto.keys import PrivateKeyInfo
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from caqes_docs.document.model import Document
from caqes_docs.rendering.typst.moteur import write_pdf
from tests.unit.rendering.pdf.essais import make_pdf
from tests.unit.rendering.pdf.test_writer import short_document

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign import fields, signers
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.stamp import StaticStampStyle
    from pyhanko_certvalidator import ValidationContext
    from pyhanko_certvalidator.registry import SimpleCertificateStore

LE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


class _Suite(IncrementalPdfFileWriter):
    """What is added to a file, whose claims stay as they are."""

    def _update_meta(self) -> None:
        return None


def sign(data: bytes, champ: str) -> tuple[bytes, asn1.Certificate]:
    """The file signed in `champ` by somebody with a key of their own."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, champ)])
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = builder.not_valid_before(LE).not_valid_after(LE + dt.timedelta(days=365 * 50))
    made = made.add_extension(usage, critical=True)
    coding = serialization.Encoding.DER
    certificate = asn1.Certificate.load(made.sign(key, hashes.SHA256()).public_bytes(coding))
    secret = key.private_bytes(
        coding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store: Any = SimpleCertificateStore  # which has no types
    signer = signers.SimpleSigner(certificate, PrivateKeyInfo.load(secret), store())
    file = _Suite(io.BytesIO(data))
    metadata = signers.PdfSignatureMetadata(
        field_name=champ, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    maker = signers.PdfSigner(metadata, signer, stamp_style=StaticStampStyle(border_width=0))
    return maker.sign_pdf(file).getvalue(), certificate


class DescribeSignatures:
    """Three fields, three signatures, each valid when the last one is there."""

    @pytest.mark.parametrize("compose", [make_pdf, write_pdf], ids=["weasyprint", "typst"])
    def it_takes_three_in_a_row(self, compose: Callable[[Document], bytes]) -> None:
        data = compose(short_document())
        champs = [name for name, *_ in fields.enumerate_sig_fields(PdfFileReader(io.BytesIO(data)))]
        assert champs == ["Signature_ars", "Signature_cpam", "Signature_etablissement"]
        roots = []
        for champ in champs:
            data, certificate = sign(data, champ)
            roots.append(certificate)
        signatures = PdfFileReader(io.BytesIO(data)).embedded_signatures
        context = ValidationContext(trust_roots=roots)
        verdicts = [validate_pdf_signature(signature, context) for signature in signatures]
        assert [(v.bottom_line, v.intact, v.docmdp_ok) for v in verdicts] == [(True,) * 3] * 3
        accessible = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1)
        assert [failure.message for failure in accessible.failures] == []
