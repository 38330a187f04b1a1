"""The table of all applications: to sort, to filter, and harmless."""

import io
from dataclasses import replace
from datetime import datetime, timedelta

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifier import workbook
from tests.notifier.builders import VALUES, edition
from tests.notifier.letters import a_few

BEFORE = edition().dates.deadline - timedelta(hours=2)
AFTER = edition().dates.deadline + timedelta(hours=1)


def opened(applications: object, now: datetime = BEFORE) -> openpyxl.worksheet.worksheet.Worksheet:
    content = workbook.compose(applications, [], edition(), now=now)  # type: ignore[arg-type]  # a few
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_each_application_is_a_row_under_a_frozen_head_with_filters() -> None:
    """In the order of arrival, with what is missing in words and every item of the form in a column."""
    sheet = opened(a_few())
    heads = [cell.value for cell in sheet[1]]

    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [each.reference for each in a_few()]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == (
        "C2",
        f"A1:{sheet.cell(1, len(heads)).column_letter}5",
    )
    assert {"B. Description du projet", "Les statuts", "Signature : la personne de contact"} <= set(heads)
    assert sheet["C2"].value == datetime(2026, 9, 3, 12, 5)  # noqa: DTZ001 - as a spreadsheet knows hours
    assert sheet["H3"].value.startswith("la signature de l'administrateur")


@pytest.mark.parametrize("name", ["=1+1", "+32 2", "-12", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_no_name_is_taken_for_a_formula(name: str) -> None:
    """A structure may be called anything: the cell is text, also when somebody edits it."""
    cell = opened([replace(a_few()[0], organisation=name)])["B2"]

    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", name, True)


@settings(deadline=None, max_examples=25)
@given(st.text())
def test_any_name_can_be_written(name: str) -> None:
    """Control signs and lone surrogates break no table."""
    assert opened([replace(a_few()[0], organisation=name)])["B2"].data_type == "s"


def test_nothing_personal_stands_in_it() -> None:
    """No answer of anybody: neither birth date, gender, study level, telephone nor address."""
    said = {str(cell.value) for row in opened(a_few()).iter_rows() for cell in row}

    assert not said & (set(VALUES.values()) - {"La Remise"})


def test_the_decision_has_a_column_once_the_deadline_is_over() -> None:
    """With a list to choose from; not before."""
    before, after = opened(a_few()), opened(a_few(), AFTER)

    assert workbook.DECISION not in [cell.value for cell in before[1]]
    assert [cell.value for cell in after[1]][-1] == workbook.DECISION
    assert after.data_validations.dataValidation[0].formula1 == '"sélectionnée,non sélectionnée"'


def test_the_same_applications_give_the_same_bytes() -> None:
    """The file says when it was asked for, not when it was written."""
    one, other = (workbook.compose(a_few(), [], edition(), now=AFTER) for _ in range(2))

    assert one == other
