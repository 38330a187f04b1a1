"""Dutch as our letters write it, in Belgium: its words; the shape stands in `_spoken`."""

from datetime import datetime

from data.model import UnreadReason
from notifier._spoken import Spoken

TOWNS = {"Brussels": "Brusselse tijd", "Amsterdam": "Nederlandse tijd"}


def hour(when: datetime) -> str:
    """« 10 uur », « 10.30 uur »."""
    return f"{when.hour}.{when.minute:02} uur" if when.minute else f"{when.hour} uur"


TONGUE = Spoken(
    CODE="nl",
    SUBJECTS={
        "complete": "Goed ontvangen en volledig",
        "incomplete": "Aan te vullen",
        "doubtful": "Goed ontvangen, wordt nagekeken",
        "reminder": "Herinnering: aan te vullen",
        "withdrawn": "Intrekking bevestigd",
    },
    UNREAD={
        UnreadReason.ENCRYPTED: (
            "het bestand is met een wachtwoord beveiligd",
            "U kunt het ons zonder wachtwoord bezorgen.",
            True,
        ),
        UnreadReason.CORRUPT: (
            "het bestand gaat bij ons niet open",
            "U kunt het ons opnieuw bezorgen, liefst als pdf.",
            True,
        ),
        UnreadReason.EMPTY: ("het bestand is leeg aangekomen", "U kunt het ons opnieuw bezorgen.", True),
        UnreadReason.TOO_LARGE: (
            "het bestand is te groot, of bestaat uit te veel bestanden in elkaar, om hier geopend te worden",
            "U kunt het ons in verschillende bestanden bezorgen, zonder archief.",
            True,
        ),
        UnreadReason.SCAN: (
            "het is een beeld dat niet automatisch gelezen kon worden",
            "Iemand van het team leest het: u hoeft niets opnieuw te sturen.",
            False,
        ),
        UnreadReason.UNSUPPORTED: (
            "dit soort bestand gaat bij ons niet open",
            "U kunt het ons als pdf of in Word bezorgen.",
            True,
        ),
        UnreadReason.UNFAMILIAR: (
            "het bestand neemt de vragen van het formulier niet over",
            "Iemand van het team leest het: u hoeft niets opnieuw te sturen.",
            False,
        ),
        UnreadReason.TIMED_OUT: (
            "het bestand kon niet automatisch gelezen worden",
            "Iemand van het team opent het: u hoeft niets opnieuw te sturen.",
            False,
        ),
        UnreadReason.CRASHED: (
            "het bestand kon niet automatisch gelezen worden",
            "Iemand van het team opent het: u hoeft niets opnieuw te sturen.",
            False,
        ),
    },
    things={
        "form": ("een formulier", "formulieren"),
        "answer": ("een antwoord", "antwoorden"),
        "signature": ("een handtekening", "handtekeningen"),
        "annex": ("een bijlage", "bijlagen"),
        "detail": ("een verduidelijking", "verduidelijkingen"),
    },
    came={
        "dossier": "uw kandidatuurdossier",
        "sequel": "het vervolg van uw dossier",
        "supplement": "uw aanvulling",
        "message": "uw bericht",
        "again": "uw nieuwe bericht",
    },
    days=("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    months=(
        *("januari", "februari", "maart", "april", "mei", "juni"),
        *("juli", "augustus", "september", "oktober", "november", "december"),
    ),
    day_and_hour="{day} om {hour}",
    hour=hour,
    zone=lambda town: TOWNS.get(town, f"tijd van {town}"),
    between="tussen {} en {}",
    last="en",
    until="tot",
    page=("pagina", "pagina's"),
    sticks=("uur",),
    signature_of="de handtekening van {}",
    the_form="het formulier",
    many_files="in {} bestanden, van {} tot {}",
    all_of_them=("het antwoord", "alle antwoorden"),
    so_many="{} van de {} antwoorden",
    the_answers="de {} antwoorden",
    numbered=("vraag", "vragen"),
    personal_answers=("persoonlijk antwoord", "persoonlijke antwoorden"),
    lost_page="misschien ontbreekt er een bladzijde",
    only_typed="er staat een naam, zonder handtekening",
    only_a_part="wij hebben er maar een deel van",
    other_years=("het andere jaar", "de {} andere jaren"),
    some_years="wij hebben {found}, maar {rest} nog niet",
    older_years="wij hebben {} gelezen; iemand van het team kijkt ernaar",
    somebody_looks="iemand van het team kijkt ernaar",
    perhaps=(
        "het zit misschien in wat wij niet konden openen",
        "het formulier dat wij gelezen hebben lijkt leeg, "
        "een ander zit misschien in wat wij niet konden openen",
    ),
    your_link=(
        "uw downloadlink",
        "wij openen links niet automatisch, en een link kan vervallen",
        "Wij raden u aan de bestanden als bijlage te sturen, zo nodig in verschillende berichten.",
    ),
    and_of="en van",
    signed_by=", met de handtekening van {}",
    filled=("het ingevulde formulier", "het volledig ingevulde formulier"),
    page_to_sign="de ondertekende pagina{} (een scan of foto volstaat)",
    print_of="vingerafdruk",
    unopened="ontvangen, niet automatisch geopend",
    nameless="bestand zonder naam",
    one_part="deel {} van {} van uw zending",
)
