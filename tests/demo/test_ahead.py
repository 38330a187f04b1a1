"""The mails' files are made in a second process, and are the same there."""

import multiprocessing
import os
from dataclasses import replace
from functools import partial

from desk.demo.ahead import made_ahead
from desk.demo.story import File, Sent, fortnight


def test_a_mail_is_the_same_whoever_makes_its_files() -> None:
    """Byte for byte, asked in the order of the story."""
    mails = [mail for mail in fortnight() if len(mail.files) == 1][:4]

    with made_ahead(mails) as ready:
        assert [ready(mail).raw() for mail in mails] == [mail.raw() for mail in mails]


def _told() -> bytes:
    return str(os.getpid()).encode()


def _mail() -> Sent:
    return replace(fortnight()[0], files=(File("qui.txt", partial(_told)),))


def test_files_are_made_in_another_process() -> None:
    """This one plays the fortnight meanwhile."""
    with made_ahead([_mail()]) as ready:
        (file,) = ready(_mail()).files

    assert int(file.content) != os.getpid()


def test_who_stops_before_the_end_leaves_no_process_behind() -> None:
    """Also one that waits for its next mail to be taken."""
    with made_ahead([_mail()] * 3):
        pass

    assert not multiprocessing.active_children()
