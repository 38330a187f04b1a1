"""Digital signatures as eID and itsme make them, by an authority that was made up: PAdES, seen or unseen."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from random import Random
from typing import Any

from tests.corpus.make.truth import SignatureTruth

DIGITAL = SignatureTruth("signed", "digital", "seal")
NONE = SignatureTruth("missing", None, "nothing")


@dataclass(frozen=True, slots=True)
class Manner:
    """Who seals, and how."""

    roles: tuple[str, ...]
    seen: bool = True
    broken: bool = False


MANNERS: Mapping[str, Manner] = {
    "both": Manner(("contact", "administrator")),
    "both unseen": Manner(("contact", "administrator"), seen=False),
    "contact alone": Manner(("contact",)),
    "administrator unseen": Manner(("administrator",), seen=False),
    "both broken": Manner(("contact", "administrator"), broken=True),
}


def truth(manner: Manner, roles: Sequence[str]) -> dict[str, SignatureTruth]:
    """What is true of a PDF that was sealed so and bears no ink."""
    return {role: DIGITAL if role in manner.roles else NONE for role in roles}


def sealed(pdf: bytes, names: Sequence[str], manner: Manner) -> bytes:
    """The PDF with a seal of each of these people, one revision for each."""
    for number, name in enumerate(names):
        pdf = _sealed_by(pdf, name, number, seen=manner.seen)
    return _broken(pdf) if manner.broken else pdf


def _sealed_by(pdf: bytes, name: str, number: int, *, seen: bool) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    field = f"Signature{number + 1}"
    box = (60 + 240 * number, 60, 260 + 240 * number, 110) if seen else None
    fields.append_signature_field(writer, fields.SigFieldSpec(field, on_page=-1, box=box))
    about = signers.PdfSignatureMetadata(field_name=field, subfilter=fields.SigSeedSubFilter.PADES, name=name)
    out = signers.sign_pdf(writer, about, signer=_signer(name), in_place=False)
    return bytes(out.getvalue())


@cache
def _signer(name: str) -> Any:
    """Somebody with a key and a certificate of the made-up authority."""
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives import serialization
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    authority, issued_by = _key(), _named("Autorité imaginaire")
    key = _key()
    certificate = _certificate(_named(name), issued_by, key.public_key(), authority)
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(plain),
        cert_registry=SimpleCertificateStore(),
    )


def _key() -> Any:
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1())


def _named(name: str) -> Any:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(subject: Any, issuer: Any, key: Any, authority: Any) -> Any:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2024, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2034, 1, 1, tzinfo=UTC))
        .add_extension(usage, critical=True)
        .sign(authority, hashes.SHA256())
    )


def _broken(pdf: bytes) -> bytes:
    """One byte of what was sealed is another: in a comment of the first revision, so that it still opens."""
    at = pdf.index(b"\n%", 5) + 3
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def manner_of(seed: int) -> Manner:
    """How the applicant of this seed seals."""
    return MANNERS[Random(f"seal {seed}").choice(sorted(MANNERS))]
