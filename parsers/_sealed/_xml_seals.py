"""Digital signatures in Office files (XML-DSig, ECMA-376 part 2): who, when, and whether parts were changed.

A part whose digest is another than the signed one is a change for certain. That nothing was changed is
said only where the whole chain could be followed: parts, manifest, `SignedInfo`, signature, certificate.
Relationship parts are signed through a transform of Office's own and are left out.
"""

import base64
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from data.model import Seal
from parsers._sealed import _certificates

_HASHES = {"sha1": "sha1", "sha256": "sha256", "sha384": "sha384", "sha512": "sha512"}


def of_office(content: bytes) -> Iterator[Seal]:
    """Every signature in an Office file."""
    from lxml import etree

    safe = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=False)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if not re.match(r"_xmlsignatures/(?!origin)[^/]+\.xml$", name, re.IGNORECASE):
                continue
            root = etree.fromstring(archive.read(name), safe)
            ders = [_certificates.from_base64(node.text or "") for node in root.iter("{*}X509Certificate")]
            times = [node.text for node in root.iter("{*}SigningTime")] + [
                value.text for time in root.iter("{*}SignatureTime") for value in time.iter("{*}Value")
            ]
            intact = _intact(archive, root, ders)
            issuer = _certificates.issuer(ders[0]) if ders else None
            yield Seal(_certificates.signer(ders), _moment(times), intact, issuer=issuer)


def _moment(times: list[str | None]) -> datetime | None:
    for time in times:
        if time and re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d", time):
            moment = datetime.fromisoformat(time.strip().replace("Z", "+00:00"))
            return moment.astimezone(UTC) if moment.tzinfo else None
    return None


def _intact(archive: zipfile.ZipFile, root: Any, ders: list[bytes]) -> bool | None:
    parts = [_unchanged(archive, each) for each in root.iterfind(".//{*}Manifest/{*}Reference")]
    if False in parts:
        return False
    followed = True in parts and _is_signed(root, ders)
    return True if followed else None


def _unchanged(archive: zipfile.ZipFile, reference: Any) -> bool | None:
    """Whether a part still has the digest that was signed; None where a transform stands between."""
    if reference.find("{*}Transforms") is not None:
        return None
    part = (reference.get("URI") or "").split("?")[0].lstrip("/")
    if part not in archive.namelist():
        return False
    return _matches(reference, archive.read(part))


def _matches(reference: Any, content: bytes) -> bool | None:
    """Whether the digest of some bytes is the one that stands in a reference."""
    method = reference.find("{*}DigestMethod")
    kind = _HASHES.get(re.split(r"[#/]", method.get("Algorithm", ""))[-1]) if method is not None else None
    value = reference.findtext("{*}DigestValue") or ""
    if kind is None:
        return None
    return (
        base64.b64encode(hashlib.new(kind, content, usedforsecurity=False).digest())
        == re.sub(r"\s", "", value).encode()
    )


def _is_signed(root: Any, ders: list[bytes]) -> bool:
    """Whether the manifest is what `SignedInfo` names, and `SignedInfo` what the certificate signed."""
    info = root.find("{*}SignedInfo")
    if info is None or not ders:
        return False
    by_id = {node.get("Id"): node for node in root.iter() if node.get("Id")}
    named = [(each, by_id.get((each.get("URI") or "").lstrip("#"))) for each in info.iterfind("{*}Reference")]
    manifests = [
        node is not None and _matches(each, _canonical(node))
        for each, node in named
        if node is not None and node.find(".//{*}Manifest") is not None
    ]
    return bool(manifests) and all(manifests) and _verifies(root, info, ders[0])


def _canonical(node: Any) -> bytes:
    from lxml import etree

    alone = etree.fromstring(etree.tostring(node, with_tail=False))  # within its tree, libxml2 forgets names
    return bytes(etree.tostring(alone, method="c14n"))


def _verifies(root: Any, info: Any, der: bytes) -> bool:
    """The certificate's key over `SignedInfo`: RSA, or ECDSA as two numbers side by side."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

    value = base64.b64decode(re.sub(r"\s", "", root.findtext("{*}SignatureValue") or ""))
    method = info.find("{*}SignatureMethod").get("Algorithm", "")
    known = {
        "sha1": hashes.SHA1(),  # noqa: S303 - what was signed long ago is judged as it was signed
        "sha256": hashes.SHA256(),
        "sha384": hashes.SHA384(),
        "sha512": hashes.SHA512(),
    }
    hashed = known.get(method.rsplit("-", 1)[-1])
    if hashed is None:
        return False
    try:
        key = x509.load_der_x509_certificate(der).public_key()
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(value, _canonical(info), padding.PKCS1v15(), hashed)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            half = len(value) // 2
            numbers = (int.from_bytes(value[:half], "big"), int.from_bytes(value[half:], "big"))
            key.verify(utils.encode_dss_signature(*numbers), _canonical(info), ec.ECDSA(hashed))
        else:
            return False
    except (InvalidSignature, ValueError):
        return False
    return True
