"""The digest's pictures: the same each time, and all that they show is told in words."""

import io
from dataclasses import replace
from datetime import date

from PIL import Image

from notifier._french import NBSP
from notifier.charts import Chart, arrivals, charts, completeness
from tests.notifier.builders import edition
from tests.notifier.letters import a_few

TODAY = date(2026, 9, 14)


def plain(chart: Chart) -> str:
    """What it tells, with ordinary spaces."""
    return chart.told.replace(NBSP, " ")


def test_the_same_applications_give_the_same_pictures() -> None:
    """Byte for byte, and nothing in the file says when it was drawn or by what."""
    (first, second), again = charts(a_few(), edition(), TODAY), charts(a_few(), edition(), TODAY)

    assert (first, second) == again
    for chart in again:
        with Image.open(io.BytesIO(chart.png)) as picture:
            assert picture.format == "PNG"
            assert 500 < picture.width < 800
            assert not {"Software", "Creation Time"} & picture.info.keys()


def test_arrivals_are_counted_by_day_with_the_days_that_were_left() -> None:
    """Days without a mail are not told; who came late is told apart."""
    told = plain(arrivals(a_few(), edition(), TODAY))

    assert told == (
        "Candidatures reçues par jour : 1 le jeudi 3 septembre (J-11), 1 le vendredi 4 septembre (J-10), "
        "1 le dimanche 6 septembre (J-8), 1 le lundi 14 septembre (J, dont 1 après l'heure)."
    )


def test_what_was_found_everywhere_is_not_told_one_by_one() -> None:
    """Only the items that some application lacks, in the form's order."""
    told = plain(completeness(a_few(), edition()))

    assert told == (
        "Trouvé dans 4 candidatures : tout, sauf Signature : l'administrateur ou l'administratrice "
        "(non trouvé dans 1) ; Le dernier rapport d'activité (non trouvé dans 1) ; Le CV de la personne "
        "référente (à vérifier dans 1)."
    )
    assert plain(completeness(a_few()[:1], edition())) == "Trouvé dans 1 candidature : tout."


def test_no_form_is_not_counted_as_found() -> None:
    """Where no form was read, none of its answers and signatures counts."""
    first = a_few()[0]
    blank = replace(first, dossier=replace(first.dossier, has_form=False))

    assert "E. Autodiagnostic (non trouvé dans 1)" in plain(completeness([blank], edition()))


def test_before_the_first_mail_there_is_nothing_to_draw() -> None:
    """No empty axes."""
    assert charts([], edition(), TODAY) == ()
