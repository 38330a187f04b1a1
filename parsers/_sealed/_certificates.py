"""Names in X.509 certificates: who sealed a file.

Serial numbers stay unread: on a Belgian eID they are the national number.
"""

import base64
import binascii
import contextlib
import warnings
from collections.abc import Sequence


def from_base64(text: str) -> bytes:
    """A certificate as XML carries it."""
    try:
        return base64.b64decode("".join(text.split()))
    except (binascii.Error, ValueError):
        return b""


def of_cms(container: bytes) -> list[bytes]:
    """The certificates in a CMS (PKCS #7) container, as DER."""
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

    with warnings.catch_warnings():  # odd encodings are the signer's, and no reason to stop
        warnings.simplefilter("ignore")
        try:
            certificates = pkcs7.load_der_pkcs7_certificates(_trimmed(container))
        except ValueError:
            return []
    return [certificate.public_bytes(Encoding.DER) for certificate in certificates]


def signer(ders: Sequence[bytes]) -> str | None:
    """The common name of the one certificate that issued none of the others."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    certificates = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for der in ders:
            with contextlib.suppress(ValueError):
                certificates.append(x509.load_der_x509_certificate(der))
    issuers = {
        certificate.issuer for certificate in certificates if certificate.issuer != certificate.subject
    }
    leaves = [
        certificate for certificate in certificates if certificate.subject not in issuers
    ] or certificates
    for certificate in leaves:
        names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        if names:
            return _person(str(names[0].value))
    return None


def issuer(der: bytes) -> str | None:
    """Who issued a certificate: its common name, else its organisation."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    with warnings.catch_warnings(), contextlib.suppress(ValueError):
        warnings.simplefilter("ignore")
        name = x509.load_der_x509_certificate(der).issuer
        for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
            if found := name.get_attributes_for_oid(oid):
                return str(found[0].value)
    return None


def _person(common_name: str) -> str:
    """« Marie Dupont (Signature) » is how an eID names the certificate, not the person."""
    return common_name.removesuffix("(Signature)").removesuffix("(Authentication)").strip()


def _trimmed(container: bytes) -> bytes:
    """Without the zeros that fill the place kept for the signature in a PDF."""
    if len(container) < 4 or container[0] != 0x30:
        return container
    if container[1] < 0x80:
        return container[: 2 + container[1]]
    count = container[1] & 0x7F
    length = int.from_bytes(container[2 : 2 + count], "big")
    return container[: 2 + count + length] if count else container
