"""Applications as programs print them, without Word: the builders of `tests.parsers.printed`."""

from collections.abc import Callable, Mapping

from data.edition import Edition
from tests.corpus.make.applications import SIGNED, Application
from tests.parsers.layouts import Filled
from tests.parsers.printed import PRINTED


def _filled(application: Application) -> Filled:
    signed = {role: SIGNED[made].state == "signed" for role, made in application.made.items()}
    return Filled(dict(application.answers), signed)


def builders() -> Mapping[str, Callable[[Application], bytes]]:
    """By name of the layout, what makes the PDF."""

    def of(build: Callable[[Filled, Edition], bytes]) -> Callable[[Application], bytes]:
        return lambda application: build(_filled(application), application.edition)

    return {name: of(build) for name, build in PRINTED.items()}
