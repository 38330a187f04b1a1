"""`ingest.responses` and `ingest.structure`: whatever a server says of a mail is read, and never raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.responses import responses
from ingest.structure import names_in


@pytest.mark.parametrize(
    ("structure", "names"),
    [
        ('("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 9 1)', []),
        ('("application" "pdf" ("name" "a.pdf") NIL NIL "base64" 9)', ["a.pdf"]),
        (
            '("application" "pdf" NIL NIL NIL "base64" 9 NIL ("attachment" ("filename" "a.pdf")) NIL)',
            ["a.pdf"],
        ),
        ('("application" "pdf" NIL NIL NIL "base64" 9 NIL "attachment" ("filename" "a.pdf"))', ["a.pdf"]),
        (
            '("application" "pdf" NIL NIL NIL "base64" 9 NIL "attachment; filename=\\"b c.pdf\\"" NIL NIL)',
            ["b c.pdf"],
        ),
        ('("application" "pdf" NIL NIL NIL "base64" 9)', ["piece-sans-nom-1.pdf"]),
        ('("text" "plain" ("name" "notes.txt") NIL NIL "7bit" 9 1)', ["notes.txt"]),
        ('("application" "pdf" ("name*" "utf-8\'\'activit%C3%A9.pdf") NIL NIL "base64" 9)', ["activité.pdf"]),
        (
            '("application" "pdf" ("name" "=?utf-8?Q?activit=C3=A9.pdf?=") NIL NIL "base64" 9)',
            ["activité.pdf"],
        ),
        ('("application" "pdf" ("name" "a \\"b\\".pdf") NIL NIL "base64" 9)', ['a "b".pdf']),
        (
            '(("text" "plain" NIL NIL NIL "7bit" 9 1)("image" "png" ("name" "x.png") NIL NIL "base64" 9)'
            '("application" "pdf" ("name" "y.pdf") NIL NIL "base64" 9) "mixed" ("boundary" "name"))',
            ["x.png", "y.pdf"],
        ),
        (
            '("message" "rfc822" NIL NIL NIL "7bit" 99 ("d" "Notre dossier" NIL NIL NIL NIL NIL NIL NIL NIL)'
            ' ("application" "pdf" ("name" "in.pdf") NIL NIL "base64" 9) 12)',
            ["Notre dossier.eml", "in.pdf"],
        ),
    ],
)
def test_names_of_files_are_found_in_every_structure(structure: str, names: list[str]) -> None:
    """Wherever the server puts the disposition, encoded in any way, in a mail within a mail."""
    (response,) = responses([f"1 (UID 1 BODYSTRUCTURE {structure})".encode()])

    assert list(names_in(response.structure)) == names


def test_a_name_sent_as_a_literal_is_read() -> None:
    """Servers send names with raw letters as literals in the middle of the structure."""
    data = [
        (b'1 (UID 1 BODYSTRUCTURE ("application" "pdf" ("name" {13}', "activité.pdf".encode()),
        b') NIL NIL "base64" 9))',
    ]
    (response,) = responses(data)

    assert list(names_in(response.structure)) == ["activité.pdf"]


@given(
    st.lists(
        st.one_of(st.binary(max_size=80), st.tuples(st.binary(max_size=40), st.binary(max_size=40))),
        max_size=20,
    )
)
def test_any_response_is_grouped(data: list[object]) -> None:
    """Whatever a server says, reading it never raises."""
    for response in responses(data):
        assert all(list(names_in(response.structure)))


def test_a_structure_three_hundred_deep_is_read() -> None:
    """Without recursion."""
    (response,) = responses([b"1 (UID 5 BODYSTRUCTURE " + b"(" * 3000 + b")" * 3000 + b")"])

    assert response.uid == 5
    assert list(names_in(response.structure)) == []
