"""Papers that come with applications and are none of the annexes."""

from collections.abc import Mapping
from random import Random

from tests.corpus.make.designs.people import Design, Paper, Structure, money


def _other(title: str, rows: tuple[str, ...], *names: str) -> Design:
    def design(who: Structure, lot: Random) -> Paper:
        said = {"name": who.name, "form": who.form, "seat": who.seat, "number": who.number, "sum": money(lot)}
        said |= {"contact": " ".join(who.contact), "chair": " ".join(who.administrator)}
        blocks = tuple(("p", row.format(**said)) for row in rows)
        return Paper("other", title.format(**said), blocks, names)

    return design


OTHERS: Mapping[str, Design] = {
    "minutes": _other(
        "Procès-verbal de l'assemblée générale ordinaire",
        (
            "{name} {form} – réunion du 21 mai 2026",
            "Présents : 14 membres. Excusés : 3.",
            "Ordre du jour : 1. Approbation du PV précédent. "
            "2. Rapport d'activités 2025. 3. Comptes annuels 2025. 4. Décharge aux "
            "administrateurs. 5. Modification des statuts.",
            "1. Le PV est approuvé à l'unanimité.",
            "2. La coordinatrice présente le rapport d'activités ; l'assemblée l'approuve.",
            "3. Le trésorier présente le bilan et le compte de résultats. Total de l'actif : "
            "{sum}. Les comptes sont approuvés.",
            "4. Décharge est donnée.",
            "La séance est levée à 21 heures.",
        ),
        "PV AG 2026",
        "PV",
    ),
    "house rules": _other(
        "RÈGLEMENT D'ORDRE INTÉRIEUR",
        (
            "Article 1. Le présent règlement complète les statuts de {name}.",
            "Article 2. Les membres effectifs paient leur cotisation.",
            "Article 3. L'assemblée générale se tient au siège social.",
            "Article 4. Horaires des ateliers.",
            "Article 5. Sanctions.",
        ),
        "ROI",
    ),
    "summons": _other(
        "Convocation à l'assemblée générale",
        (
            "Chère membre, cher membre,",
            "Vous êtes invité à l'assemblée générale de {name} le 21 mai 2026 à 19 heures.",
            "À l'ordre du jour : rapport d'activités, comptes annuels, élection.",
            "Procuration : je soussigné donne procuration à",
        ),
        "convocation AG",
    ),
    "invoice": _other(
        "FACTURE n° 2026-118",
        (
            "{name} – TVA BE {number}",
            "Date : 12/03/2026 – Échéance : 12/04/2026",
            "Location de salle, 3 jours : {sum} EUR",
            "TVA 21 % : 42,00 EUR",
            "Total à payer : {sum} EUR",
            "À verser sur le compte BE68 5390 0754 7034",
        ),
        "facture 118",
        "2026-118",
    ),
    "quote": _other(
        "DEVIS 2026/44",
        (
            "Menuiserie intérieure",
            "Fourniture et pose : {sum}",
            "TVA 6 %",
            "Offre valable 30 jours. Bon pour accord.",
        ),
        "devis",
    ),
    "flyer": _other(
        "GRANDE FÊTE DE QUARTIER",
        (
            "Samedi 12 septembre dès 14 h",
            "Concert, ateliers, cuisine du monde",
            "Entrée gratuite – {seat}",
            "Une organisation de {name}",
        ),
        "flyer",
        "affiche",
    ),
    "letter": _other(
        "Lettre de motivation",
        (
            "Madame, Monsieur,",
            "Par la présente, {name} souhaite rejoindre le programme. Notre expérience et "
            "nos compétences nous y préparent.",
            "Vous trouverez en annexe nos statuts, notre rapport d'activités, nos comptes "
            "annuels et le CV de {contact}.",
            "Veuillez agréer l'expression de nos salutations distinguées.",
            "{contact}",
        ),
        "lettre",
        "courrier",
    ),
    "support": _other(
        "Lettre de soutien",
        (
            "À qui de droit,",
            "La commune soutient la candidature de {name}, partenaire de longue date de nos activités.",
            "Bien cordialement, l'échevine",
        ),
        "soutien commune",
    ),
    "budget": _other(
        "Budget prévisionnel 2027",
        (
            "{name}",
            "Recettes prévues : subsides {sum}, ventes {sum}",
            "Dépenses prévues : salaires {sum}, loyer {sum}",
            "Total des charges {sum}",
            "Total des produits {sum}",
        ),
        "Budget 2027",
        "prévisions",
    ),
    "plan": _other(
        "PLAN FINANCIER 2026-2028",
        (
            "{name}",
            "Hypothèses",
            "Compte de résultats prévisionnel 2026, 2027, 2028",
            "Chiffre d'affaires prévisionnel {sum}",
            "Plan de trésorerie",
            "Besoin en fonds de roulement {sum}",
        ),
        "plan financier",
    ),
    "identity": _other(
        "",
        (
            "BELGIQUE BELGIË BELGIEN BELGIUM",
            "CARTE D'IDENTITÉ IDENTITEITSKAART",
            "Nom / Name  {contact}",
            "N° registre national  84.04.12-123.45",
            "Valable du - au  12.03.2021 - 12.03.2031",
        ),
        "carte id",
        "eID recto",
    ),
    "insurance": _other(
        "ATTESTATION D'ASSURANCE",
        (
            "La compagnie certifie que {name} est assurée en responsabilité civile",
            "Police n° 45.112.009",
            "Période du 01/01/2026 au 31/12/2026",
            "Le présent document ne constitue pas un contrat.",
        ),
        "assurance RC",
    ),
    "nominations": _other(
        "Volet B",
        (
            "Copie à publier aux annexes du Moniteur belge après dépôt de l'acte au greffe",
            "N° d'entreprise : {number}",
            "Nom (en entier) : {name}",
            "Forme légale : {form}",
            "Adresse complète du siège : {seat}",
            "Objet de l'acte : Démissions et nominations d'administrateurs",
            "Extrait du procès-verbal de l'assemblée générale du 14 mai 2024.",
            "L'assemblée générale acte la démission de Monsieur Paul Arnould et nomme "
            "{chair} en qualité d'administrateur pour un terme de quatre ans.",
            "Mentionner sur la dernière page du Volet B : nom et qualité",
            "Annexes du Moniteur belge",
        ),
        "Moniteur 2024",
        "24071234",
        "nominations",
    ),
    "seat": _other(
        "Volet B",
        (
            "Réservé au Moniteur belge",
            "N° d'entreprise : {number}",
            "Dénomination : {name}",
            "Forme juridique : {form}",
            "Siège : {seat}",
            "Objet de l'acte : TRANSFERT DU SIÈGE SOCIAL",
            "L'organe d'administration décide de transférer le siège social à dater du 1er "
            "septembre 2023 à l'adresse suivante : {seat}.",
            "Bijlagen bij het Belgisch Staatsblad",
        ),
        "MB siège",
        "publication",
    ),
    "agreement": _other(
        "AGRÉMENT EN TANT QU'ENTREPRISE SOCIALE",
        (
            "Région de Bruxelles-Capitale – Bruxelles Économie et Emploi",
            "Arrêté portant agrément de {name} en tant qu'entreprise sociale et démocratique "
            "pour une durée de deux ans.",
            "Vu l'ordonnance du 23 juillet 2018 relative à l'agrément et au soutien des "
            "entreprises sociales,",
            "Article 1er. L'agrément est octroyé.",
            "Article 2. Le présent arrêté entre en vigueur ce jour.",
        ),
        "agrément",
        "arrêté",
    ),
    "bank": _other(
        "RELEVÉ D'IDENTITÉ BANCAIRE",
        ("Titulaire : {name}", "IBAN BE68 5390 0754 7034", "BIC TRIOBEBB"),
        "RIB",
    ),
    "subsidy": _other(
        "CONVENTION DE SUBVENTION",
        (
            "Entre la Région et {name}",
            "Article 1. Objet",
            "Article 2. Montant : {sum}",
            "Article 3. Pièces justificatives : rapport d'activités et comptes annuels",
            "Article 4. Durée du 1er janvier 2025 au 31 décembre 2025",
        ),
        "convention subside",
    ),
    "chart": _other(
        "Organigramme",
        (
            "{name}",
            "Assemblée générale",
            "Organe d'administration",
            "Coordination : {contact}",
            "Équipe ateliers – Équipe boutique – Bénévoles",
        ),
        "organigramme",
    ),
    "plan of business": _other(
        "Business plan",
        (
            "{name}",
            "1. Le projet",
            "2. Étude de marché",
            "3. Stratégie commerciale",
            "4. L'équipe",
            "5. Prévisions financières : chiffre d'affaires {sum}",
        ),
        "business plan",
    ),
    "press": _other(
        "À Molenbeek, un atelier qui répare tout",
        (
            "Le Journal du Canal, 3 février 2026",
            "Reportage. Ils sont vingt-deux bénévoles à se relayer le mercredi. « On apprend "
            "en faisant », dit {contact}.",
            "L'association fondée en 2012 accueille 400 personnes par an.",
        ),
        "article presse",
        "revue de presse",
    ),
    "diploma": _other(
        "DIPLÔME DE MASTER",
        (
            "Nous, membres du jury de l'Université, conférons à {contact} le grade "
            "académique de Master en sciences sociales avec distinction.",
            "Fait à Bruxelles, le 12 septembre 2010.",
        ),
        "diplome",
    ),
    "payroll": _other(
        "ATTESTATION ONSS",
        (
            "L'Office national de sécurité sociale certifie que {name}, {number}, a rempli ses obligations.",
            "Délivrée le 3 mars 2026.",
        ),
        "attestation ONSS",
    ),
    "presentation": _other(
        "{name} en quelques mots",
        (
            "Qui sommes-nous ?",
            "Une entreprise sociale bruxelloise de 6 personnes.",
            "Nos services : réparation, formation, boutique.",
            "Contact : {seat}",
        ),
        "présentation",
        "slides",
    ),
    "short minutes": _other(
        "",
        (
            "{name}",
            "PV de l'AG du 28 mai 2026",
            "Membres présents ou représentés : 17/22",
            "1. Présentation du rapport d'activités 2025",
            "La coordination présente les réalisations : 412 personnes, 36 ateliers.",
            "2. Approbation des comptes 2025",
            "Bilan : {sum} ; recettes {sum}, dépenses {sum}. Les comptes sont approuvés (17 oui).",
            "3. Approbation du budget 2026",
            "4. Modification des statuts, article 12",
            "Fin de l'assemblée à 21h30.",
        ),
        "PV AG",
    ),
    "vat return": _other(
        "",
        (
            "SERVICE PUBLIC FÉDÉRAL FINANCES",
            "DÉCLARATION À LA TVA",
            "Numéro de TVA : BE {number}    Période : 4e trimestre 2025",
            "Cadre II : Opérations à la sortie",
            "[00] 0,00   [01] 4.112,00   [03] 18.220,12   [54] 3.826,22   [71] 2.622,22",
        ),
        "TVA T4",
        "déclaration",
    ),
    "tax return": _other(
        "",
        (
            "SPF FINANCES – Impôt des personnes morales",
            "Déclaration à l'impôt des personnes morales – Exercice d'imposition 2026",
            "Comptes annuels clôturés le 31/12/2025",
            "{name} – {number}",
            "Cadre I : Revenus immobiliers   Code 5001   0,00",
            "Annexes : comptes annuels, relevé 204.3",
        ),
        "IPM 2026",
    ),
    "bank statement": _other(
        "Extrait de compte n° 12/2025",
        (
            "IBAN BE68 5390 0754 7034 – {name}",
            "Solde précédent au 30/11/2025   12.114,02",
            "05/12 Subside +9.500,00",
            "19/12 Salaires -5.204,11",
            "Nouveau solde au 31/12/2025   {sum}",
        ),
        "extrait 12",
        "banque",
    ),
    "job profile": _other(
        "Profil de fonction : coordinateur·rice",
        (
            "Missions : gérer l'équipe, rédiger le rapport d'activités, suivre le budget.",
            "Compétences : aisance relationnelle, bilingue FR/NL, Excel.",
            "Formation : bachelier ou master",
            "Expérience : 5 ans dans l'économie sociale",
            "Nous offrons : CDI, temps plein. Envoyez CV et lettre à l'association.",
        ),
        "profil coordination",
    ),
    "pay slip": _other(
        "Fiche de paie – août 2026",
        (
            "Employeur : {name}",
            "Travailleur : {contact}",
            "Brut : 3.402,11   ONSS : -444,66   Précompte professionnel : -602,10",
            "Net à payer : 2.355,35",
        ),
        "paie 08",
    ),
    "expenses of a grant": _other(
        "Décompte récapitulatif des dépenses – subside 2025",
        (
            "Bénéficiaire : {name}",
            "1  Bricolage  04/02/2025  112,20",
            "2  Salaires janvier  31/01/2025  5.204,11",
            "Total des dépenses : {sum}",
            "Je certifie sincères et véritables les dépenses ci-dessus",
        ),
        "décompte",
    ),
    "owners": _other(
        "Registre UBO – Extrait",
        (
            "Redevable d'information : {name} ({number})",
            "Bénéficiaire effectif : {chair}   Nationalité : belge",
            "Catégorie : administrateur   Statut : confirmé le 14/04/2026",
        ),
        "UBO",
    ),
    "auditor": _other(
        "Rapport du commissaire à l'assemblée générale de {name}",
        (
            "pour l'exercice clos le 31 décembre 2025",
            "Opinion sans réserve. Nous avons procédé au contrôle légal des comptes annuels, comprenant "
            "le bilan "
            "au 31 décembre 2025, dont le total s'élève à {sum} EUR, et le compte de résultats.",
            "Responsabilités de l'organe d'administration relatives aux comptes annuels",
        ),
        "rapport réviseur",
    ),
}
