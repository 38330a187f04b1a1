"""Writers of what Outlook and S/MIME wrap mails in: winmail.dat, .msg, signed data. Invented, and tiny."""

import struct
from collections.abc import Mapping, Sequence

Tree = Mapping[str, "bytes | Tree"]
"""Storages and streams of a compound file."""

MESSAGE_OBJECT = bytes.fromhex("0703020000000000c000000000000046")


# ---------------------------------------------------------------- winmail.dat


def attribute(level: int, number: int, value: bytes) -> bytes:
    """One attribute of a TNEF list."""
    return struct.pack("<BII", level, number, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def properties(*given: tuple[int, int, bytes]) -> bytes:
    """A list of MAPI properties (type, number, value), each of variable size."""
    packed = [
        struct.pack("<HHII", kind, number, 1, len(value)) + value + bytes(-len(value) % 4)
        for kind, number, value in given
    ]
    return struct.pack("<I", len(packed)) + b"".join(packed)


def a_tnef(files: Mapping[str, bytes], *, text: str = "", subject: str = "", more: bytes = b"") -> bytes:
    """A winmail.dat; names in Unicode stand in the MAPI list, the short ones beside it."""
    parts = [attribute(1, 0x00069007, struct.pack("<II", 1252, 0))]
    if subject:
        parts.append(attribute(1, 0x00018004, subject.encode("cp1252") + b"\0"))
    if text:
        parts.append(attribute(1, 0x0002800C, text.encode("cp1252") + b"\0"))
    for name, content in files.items():
        named = properties((0x1F, 0x3707, name.encode("utf-16-le") + b"\0\0"))
        parts.append(attribute(2, 0x00069002, bytes(14)))
        parts.append(attribute(2, 0x00018010, b"FICHIE~1.PDF\0"))
        parts.append(attribute(2, 0x0006800F, content))
        parts.append(attribute(2, 0x00069005, named))
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(parts) + more


def a_tnef_in_tnef(inner: bytes, name: str) -> bytes:
    """A winmail.dat to which another mail is attached."""
    held = properties(
        (0x0D, 0x3701, MESSAGE_OBJECT + inner), (0x1F, 0x3707, name.encode("utf-16-le") + b"\0\0")
    )
    return a_tnef({}, more=attribute(2, 0x00069002, bytes(14)) + attribute(2, 0x00069005, held))


# ---------------------------------------------------------------- .msg


def a_msg(
    files: Mapping[str, bytes | Tree],
    *,
    subject: str = "Notre dossier",
    text: str = "Bonjour",
    header: str = "",
) -> bytes:
    """An Outlook message; a file given as a tree is a message of its own."""
    return compound(message(files, subject=subject, text=text, header=header, top=True))


def message(
    files: Mapping[str, bytes | Tree],
    *,
    subject: str = "",
    text: str = "",
    header: str = "",
    top: bool = False,
) -> Tree:
    """The storages of a message."""
    texts = {"0037": subject, "1000": text, "007D": header}
    tree: dict[str, bytes | Tree] = {"__properties_version1.0": bytes(32 if top else 24)}
    tree |= {f"__substg1.0_{tag}001F": each.encode("utf-16-le") for tag, each in texts.items() if each}
    for number, (name, content) in enumerate(files.items()):
        held = "__substg1.0_37010102" if isinstance(content, bytes) else "__substg1.0_3701000D"
        tree[f"__attach_version1.0_#{number:08X}"] = {
            "__properties_version1.0": bytes(8),
            "__substg1.0_3707001F": name.encode("utf-16-le"),
            held: content,
        }
    return tree


def compound(tree: Tree) -> bytes:
    """A compound file (MS-CFB): sectors of 512 bytes; small streams share one of their own."""
    rows: list[list[object]] = []
    small = bytearray()
    small_chain: list[int] = []
    large: list[tuple[int, bytes]] = []

    def add(name: str, kind: int, content: "bytes | Tree") -> int:
        index = len(rows)
        row: list[object] = [name, kind, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE, 0]
        rows.append(row)
        if isinstance(content, bytes):
            row[5] = len(content)
            if len(content) >= 4096:
                large.append((index, content))
            elif content:
                row[4] = len(small) // 64
                count = -(-len(content) // 64)
                small_chain.extend([*range(len(small_chain) + 1, len(small_chain) + count), 0xFFFFFFFE])
                small.extend(content.ljust(count * 64, b"\0"))
        else:
            before = None
            for each, inner in content.items():
                child = add(each, 1 if not isinstance(inner, bytes) else 2, inner)
                if before is None:
                    row[3] = child
                else:
                    rows[before][2] = child
                before = child
        return index

    add("Root Entry", 5, tree)
    sectors: list[bytes] = []
    fat: list[int] = []

    def lay(content: bytes) -> int:
        first, count = len(fat), -(-len(content) // 512)
        fat.extend([*range(first + 1, first + count), 0xFFFFFFFE])
        sectors.extend(content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512))
        return first

    for index, content in large:
        rows[index][4] = lay(content)
    chain = struct.pack(f"<{len(small_chain)}I", *small_chain)
    mini = lay(chain.ljust(-(-len(chain) // 512) * 512, b"\xff")) if small_chain else 0xFFFFFFFE
    if small:
        rows[0][4], rows[0][5] = lay(bytes(small)), len(small)
    directory = lay(b"".join(map(_row, rows)))
    fats = 1
    while (len(fat) + fats) > fats * 128:
        fats += 1
    fat_at = len(fat)
    fat.extend([0xFFFFFFFD] * fats)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(fats * 512, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, fats, directory, 0, 4096, mini, len(chain) // 512 + 1, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", *[*range(fat_at, fat_at + fats), *[0xFFFFFFFF] * (109 - fats)])
    return head + b"".join(sectors) + table


def _row(row: Sequence[object]) -> bytes:
    """An entry of the directory: name, kind, the next beside it, the first in it, where it lies, its size."""
    name, kind, beside, inside, start, size = row
    raw = str(name).encode("utf-16-le") + b"\0\0"
    links = struct.pack("<III", 0xFFFFFFFF, beside, inside)
    return (
        raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1) + links + bytes(36)
        + struct.pack("<IQ", start, size)
    )  # fmt: skip


# ---------------------------------------------------------------- signed data

SIGNED = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")
ENVELOPED = bytes.fromhex("06092a864886f70d010703")


def der(tag: int, *parts: bytes) -> bytes:
    """One value with its length."""
    content = b"".join(parts)
    if len(content) < 0x80:
        return bytes([tag, len(content)]) + content
    size = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + content


def streamed(tag: int, *parts: bytes) -> bytes:
    """One value of unknown length."""
    return bytes([tag, 0x80]) + b"".join(parts) + b"\0\0"


def signed(content: bytes | None, *, in_pieces: bool = False) -> bytes:
    """Signed data with this content, or with none; nobody signed it."""
    wrap = streamed if in_pieces else der
    pieces = [content[at : at + 1000] for at in range(0, len(content), 1000)] if content is not None else []
    octets = streamed(0x24, *(der(4, each) for each in pieces)) if in_pieces else der(4, content or b"")
    held = [] if content is None else [wrap(0xA0, octets)]
    inner = wrap(0x30, der(2, b"\x01"), der(0x31), wrap(0x30, DATA, *held), der(0x31))
    return wrap(0x30, SIGNED, wrap(0xA0, inner))
