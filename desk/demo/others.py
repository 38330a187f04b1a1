"""The mail that is no application: what else lies in the two inboxes during the fortnight."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MATTHIAS, INFO = "matthias@coopcity.be", "info@coopcity.be"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A PDF of a few lines."""

    name: str
    title: str
    subtitle: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """A mail, with `when` in the clocks of Brussels, « 09-02 09:14:00 »."""

    key: str
    when: str
    sender: str
    subject: str
    body: str
    recipients: tuple[str, ...] = (INFO,)
    kind: str = "other"
    answers: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    files: tuple[Enclosed, ...] = ()


OTHERS = (
    Other(
        "question",
        "09-02 09:14:26",
        "Samir Haddad <samir@cafe-des-possibles.example>",
        "Question sur le programme BLOSSOM",
        "Bonjour,\n\nNotre association existe depuis vingt mois seulement. Pouvons-nous tout de même"
        " déposer un dossier"
        " de candidature ? Et les journées de formation ont-elles lieu le mercredi ?\n\nMerci"
        " d'avance,\nSamir Haddad\n",
        recipients=(MATTHIAS, INFO),
    ),
    Other(
        "newsletter",
        "09-03 07:00:02",
        "Réseau des Possibles <lettre@reseau-des-possibles.example>",
        "La lettre de septembre : appels à projets, formations, dossiers",
        "Au sommaire : cinq appels à projets de la rentrée, une formation à la comptabilité des ASBL, le"
        " portrait"
        " d'une épicerie coopérative.\n\nPour vous désinscrire : https://reseau-des-possibles.example/stop\n",
        headers={
            "List-Unsubscribe": "<https://reseau-des-possibles.example/stop>",
            "List-Id": "<lettre.reseau-des-possibles.example>",
            "Precedence": "bulk",
        },
    ),
    Other(
        "private",
        "09-04 12:33:41",
        "Katrien <katrien@famille.example>",
        "Samedi",
        "Coucou Matthias,\n\nTu passes bien samedi vers 18 h ? Prends les photos du mariage si tu y"
        " penses.\n\nBises,"
        " Katrien\n",
        recipients=(MATTHIAS,),
    ),
    Other(
        "other-programme",
        "09-07 14:20:10",
        "Pauline Renard <pauline@atelier-nomade.example>",
        "Dossier de candidature – COOPCITY SEEDS 2026 – Atelier Nomade",
        "Bonjour,\n\nJe vous adresse ma candidature au programme SEEDS. Le formulaire est en pièce"
        " jointe.\n\nPauline"
        " Renard\n",
        files=(
            Enclosed(
                "Formulaire SEEDS.pdf",
                "PROGRAMME SEEDS",
                "Formulaire d'inscription – porteurs et porteuses d'idées",
                (
                    "Nom : Pauline Renard",
                    "Votre idée : un atelier de céramique itinérant.",
                    "Disponibilité : lundi.",
                ),
            ),
        ),
    ),
    Other(
        "invoice",
        "09-08 08:02:55",
        "Facturation Papeterie du Parc <factures@papeterie-du-parc.example>",
        "Facture 2026-0917 – échéance 8 octobre 2026",
        "Madame, Monsieur,\n\nVous trouverez en annexe la facture 2026-0917 d'un montant de 148,83 euros"
        " TVAC.\n\n"
        "Papeterie du Parc\n",
        files=(
            Enclosed(
                "Facture_2026-0917.pdf",
                "FACTURE 2026-0917",
                "Papeterie du Parc SRL – TVA BE 0999.102.064",
                ("24 classeurs à levier", "10 ramettes de papier recyclé", "Total TVAC : 148,83 euros"),
            ),
        ),
    ),
    Other(
        "absence",
        "09-09 08:16:30",
        "Diego Ferrante <diego@cyclocolis.example>",
        "Réponse automatique : absent jusqu'au 11 septembre",
        "Bonjour,\n\nJe suis absent jusqu'au vendredi 11 septembre inclus. En cas d'urgence :"
        " dispatch@cyclocolis.example."
        "\n\nDiego Ferrante\n",
        kind="automatic",
        answers="diego@cyclocolis.example",
        headers={"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"},
    ),
    Other(
        "jury",
        "09-10 10:48:00",
        "Charlotte Lemaire <charlotte@jury-externe.example>",
        "Jury des dossiers de candidature : quelle date ?",
        "Bonjour Matthias,\n\nPour le jury BLOSSOM, je suis libre le 24 ou le 25 septembre. À partir de"
        " quand aurons-nous"
        " accès aux dossiers de candidature ?\n\nCharlotte\n",
        recipients=(MATTHIAS,),
    ),
    Other(
        "spam",
        "09-12 03:27:59",
        "Service Client <contact@offre-exclusive.example>",
        "Votre dossier a été accepté !!!",
        "Cher client, votre dossier de financement est pré-approuvé. Confirmez vos coordonnées bancaires"
        " sous 24 heures :"
        " http://offre-exclusive.example/confirmer\n",
    ),
    Other(
        "bounce",
        "09-12 09:00:17",
        "Mail Delivery Subsystem <mailer-daemon@mx.kaleido.example>",
        "Undelivered Mail Returned to Sender",
        "This is the mail system at host mx.kaleido.example.\n\nI'm sorry to have to inform you that your"
        " message could"
        " not be delivered.\n\n<anais@kaleido.example>: 550 5.1.1 user unknown\n",
        kind="bounce",
        answers="anais@kaleido.example",
        headers={"Auto-Submitted": "auto-replied"},
    ),
)
