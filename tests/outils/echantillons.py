"""A realistic act, written by hand: what writers are tried on before the library is ready."""

from __future__ import annotations

import datetime as dt

from caqes_docs.document.model import (
    ACompleter,
    AEcrire,
    Bandeaux,
    Bloc,
    BlocSignature,
    Cellule,
    Citation,
    Clause,
    Colonne,
    Document,
    Element,
    Emphase,
    Encart,
    EntreeSommaire,
    Exposant,
    Fort,
    IdentiteClause,
    Inlines,
    Ligne,
    Liste,
    Metadonnees,
    Paragraphe,
    Renvoi,
    SautDePage,
    SautLigne,
    Section,
    Signataire,
    Sommaire,
    Tableau,
    Texte,
    Titre,
    Valeur,
)
from caqes_docs.document.texte import heading_text

NBSP = "\u00a0"
FINE = "\u202f"
ETABLISSEMENT = "Centre hospitalier *Nord* | <b>Sud</b> & fils {{ nom }} ]]> # 1"
"""A name as hostile as a datum can be; it must come out untouched."""

_PROSE = (
    "Les parties conviennent que l'établissement met en œuvre les actions décrites à la présente"
    " clause dans le respect des référentiels de bon usage des médicaments et des produits et"
    " prestations, et qu'il transmet chaque année à l'agence régionale de santé et à l'organisme"
    " local d'assurance maladie les éléments nécessaires à l'évaluation du contrat. ",
    "L'évaluation porte sur la période comprise entre le 1er janvier et le 31 décembre de l'année"
    f" précédente{NBSP}; elle est conduite de manière contradictoire, et ses résultats sont"
    " notifiés à l'établissement, qui dispose d'un délai d'un mois pour présenter ses observations"
    " écrites ou, à sa demande, orales. ",
    "En cas de manquement constaté aux engagements souscrits, le directeur général de l'agence"
    " régionale de santé peut, après avoir mis l'établissement à même de présenter ses"
    f" observations, prononcer une sanction proportionnée à l'ampleur des manquements, dans la"
    f" limite de 1{NBSP}% des produits reçus par l'établissement de la part des régimes"
    " obligatoires de base d'assurance maladie. ",
)


def texte(contenu: str) -> Inlines:
    """Plain words."""
    return (Texte(contenu),)


def paragraphe(contenu: str, role: str = "corps") -> Paragraphe:
    """A paragraph of plain words."""
    return Paragraphe(texte(contenu), role)


def cellule(contenu: str, *, entete: bool = False, etendue: int = 1) -> Cellule:
    """A cell of plain words."""
    return Cellule((paragraphe(contenu, "cellule"),), etendue, entete)


def sample_document(brouillon: bool = False) -> Document:
    """A contract of some twenty pages: cover, contents, chapters, long tables, annexes."""
    corps = (*_preamble(), *_chapters(brouillon), *_annexes(), *_end())
    return Document(
        metadonnees=Metadonnees(
            type="contrat",
            titre="Contrat d'amélioration de la qualité et de l'efficience des soins",
            sujet="CAQES 2026-2030",
            auteur="Agence régionale de santé Exemple",
            reference="CAQES-2026-990000011",
            date=dt.date(2026, 1, 15),
            mots_cles=("CAQES", "contrat", "établissement de santé"),
        ),
        bandeaux=Bandeaux(
            entete_gauche=f"CAQES{NBSP}— Centre hospitalier d'Exempleville",
            entete_droite="Réf. CAQES-2026-990000011",
            pied_gauche="Agence régionale de santé Exemple — Assurance maladie",
            page=f"Page{NBSP}{{page}}{NBSP}sur{NBSP}{{total}}",
            projet="PROJET" if brouillon else "",
        ),
        couverture=_cover(),
        corps=(_contents(corps), SautDePage(), *corps),
        brouillon=brouillon,
        provenance={"moteur": "essai"},
    )


def _cover() -> tuple[Bloc, ...]:
    return (
        paragraphe("Agence régionale de santé Exemple", "couverture_region"),
        paragraphe("Assurance maladie — Caisse primaire d'Exempleville", "couverture_region"),
        paragraphe(
            "Contrat d'amélioration de la qualité et de l'efficience des soins", "couverture_titre"
        ),
        paragraphe("Article L. 162-30-2 du code de la sécurité sociale", "couverture_soustitre"),
        paragraphe(f"Entre l'agence régionale de santé Exemple,{NBSP}", "couverture_parties"),
        paragraphe("la caisse primaire d'assurance maladie d'Exempleville,", "couverture_parties"),
        paragraphe(f"et {ETABLISSEMENT}", "couverture_parties"),
        paragraphe("Référence CAQES-2026-990000011", "couverture_reference"),
        paragraphe(f"Prise d'effet le 1{FINE}janvier 2026", "couverture_reference"),
    )


def _contents(corps: tuple[Bloc, ...]) -> Sommaire:
    entrees: list[EntreeSommaire] = []

    def visit(blocs: tuple[Bloc, ...]) -> None:
        for bloc in blocs:
            if isinstance(bloc, Section | Clause):
                if bloc.titre is not None and bloc.titre.niveau <= 3:
                    line = heading_text(bloc.titre).replace("\n", f"{NBSP}: ")
                    entrees.append(EntreeSommaire(bloc.titre.niveau, line, bloc.ancre))
                visit(bloc.blocs)

    visit(corps)
    return Sommaire(texte("Sommaire"), tuple(entrees))


def _preamble() -> tuple[Bloc, ...]:
    return (
        paragraphe(f"Entre les soussignés{NBSP}:", "mention"),
        paragraphe("L'agence régionale de santé Exemple", "partie"),
        Paragraphe(
            (
                Texte("12 rue de la République"),
                SautLigne(),
                Texte("99000 Exempleville"),
                SautLigne(),
                Texte("représentée par sa directrice générale,"),
            ),
            "adresse",
        ),
        paragraphe("Le centre hospitalier d'Exempleville", "partie"),
        Paragraphe(
            (
                Texte("1 avenue de l'Hôpital"),
                SautLigne(),
                Texte("99000 Exempleville, FINESS "),
                Valeur((Texte("990000011"),), "etablissement.finess", "dossier.yaml:3:9"),
            ),
            "adresse",
        ),
        Paragraphe(
            (
                Texte(f"Vu le code de la sécurité sociale, notamment son{NBSP}"),
                Citation(f"article L.{NBSP}162-30-2", "css/l162-30-2"),
                Texte(f"{NBSP};"),
            ),
            "visa",
        ),
        Paragraphe(
            (
                Texte("Vu l'arrêté du 1"),
                Exposant("er"),
                Texte(f"{NBSP}janvier 2022 fixant le contrat type{NBSP};"),
            ),
            "visa",
        ),
        paragraphe(
            "Considérant que l'efficience et la pertinence des soins sont l'affaire de tous,",
            "considerant",
        ),
        paragraphe(f"Il a été convenu ce qui suit{NBSP}:", "mention"),
    )


def _clause(number: int, titre: str, blocs: tuple[Bloc, ...], niveau: int = 2) -> Clause:
    return Clause(
        IdentiteClause(f"exemple.clause_{number}", dt.date(2022, 1, 1), "en vigueur"),
        f"_cl_exemple_{number}",
        Titre(niveau, f"Article{NBSP}{number}", texte(titre)),
        blocs,
    )


def _chapters(brouillon: bool) -> tuple[Bloc, ...]:
    gap = ACompleter("nom du référent", "etablissement.referent", "dossier.yaml:12:3")
    known = Valeur((Texte("Mme Camille MARTIN"),), "etablissement.referent", "dossier.yaml:12:3")
    contact = Paragraphe(
        (
            Texte(f"Le référent du contrat est{NBSP}"),
            gap if brouillon else known,
            Texte(f"{NBSP}; voir l'"),
            Renvoi(f"article{NBSP}4", "_cl_exemple_4"),
            Texte("."),
        )
    )
    return (
        _section(1, "Dispositions générales", (*_general(), contact)),
        _section(2, "Engagements et objectifs", _objectives()),
        _section(3, "Évaluation, intéressement et sanctions", _evaluation()),
    )


def _section(number: int, titre: str, blocs: tuple[Bloc, ...]) -> Section:
    heading = Titre(1, f"Chapitre{NBSP}{number}", texte(titre), sur_deux_lignes=True)
    return Section(f"_sec_chapitre_{number}", heading, blocs, nouvelle_page=number > 1)


def _general() -> tuple[Bloc, ...]:
    return (
        _clause(1, "Objet", _prose(4)),
        _clause(2, "Durée", (*_prose(2), _effect_date())),
        _clause(3, "Engagements généraux de l'établissement", (_announce(), _bullets())),
        _clause(4, "Suivi", (_announce(), _ordered(), *_prose(5))),
        _untitled(5),
    )


def _effect_date() -> Paragraphe:
    return Paragraphe(
        (Texte("Le contrat prend effet le 1"), Exposant("er"), Texte(f"{NBSP}janvier 2026.")),
        "date_effet",
    )


def _untitled(number: int) -> Clause:
    identity = IdentiteClause(f"exemple.clause_{number}", dt.date(2023, 7, 1), "à vérifier")
    warning = Encart((paragraphe("Rédaction à vérifier par le service."),), "avertissement")
    return Clause(identity, f"_cl_exemple_{number}", None, (warning, *_prose(1)))


def _announce() -> Paragraphe:
    return paragraphe(f"L'établissement s'engage à respecter les obligations suivantes{NBSP}:")


def _bullets() -> Liste:
    nested = Liste(
        (
            Element((paragraphe(f"les médicaments de la liste en sus{NBSP};"),)),
            Element((paragraphe(f"les produits et prestations inscrits{NBSP};"),)),
        )
    )
    return Liste(
        (
            Element((paragraphe(f"tenir à jour le référentiel suivant{NBSP}:"), nested)),
            Element((Paragraphe((Fort(texte("informer")), Texte(f" les prescripteurs{NBSP};"))),)),
            Element(
                (
                    paragraphe("désigner un référent."),
                    Paragraphe(
                        (Emphase(texte("Le référent")), Texte(" est connu de tous les services."))
                    ),
                )
            ),
        )
    )


def _ordered() -> Liste:
    return Liste(
        tuple(
            Element((paragraphe(_PROSE[index % 3].strip()),), f"{mark})")
            for index, mark in enumerate("abcd")
        ),
        ordonnee=True,
    )


def _prose(count: int) -> tuple[Bloc, ...]:
    return tuple(
        paragraphe(_PROSE[index % 3] + _PROSE[(index + 1) % 3].strip()) for index in range(count)
    )


def _objectives() -> tuple[Bloc, ...]:
    return tuple(
        _clause(
            10 + number,
            f"Objectif {number} du volet obligatoire",
            (
                *_prose(1 + number % 3),
                paragraphe("Modalités", "intertitre"),
                paragraphe(f"Les indicateurs sont les suivants{NBSP}:"),
                _indicators(number),
            ),
        )
        for number in range(1, 4)
    )


def _indicators(number: int) -> Tableau:
    header: Ligne = (
        cellule("N°", entete=True),
        cellule("Indicateur", entete=True),
        cellule("Valeur de départ", entete=True),
        cellule("Cible", entete=True),
    )
    rows = tuple(
        (
            cellule(f"{number}.{index}"),
            cellule(
                "Taux de prescriptions conformes aux référentiels"
                + (", mesuré sur un échantillon de dossiers" if index % 3 == 0 else "")
            ),
            cellule(f"{index * 3 % 100}{NBSP}%"),
            cellule(f"{40 + index}{NBSP}%"),
        )
        for index in range(1, 31)
    )
    columns = (Colonne(1, "centre"), Colonne(6), Colonne(2, "droite"), Colonne(2, "droite"))
    legende = texte(f"Tableau {number}{NBSP}— Indicateurs de l'objectif {number}")
    return Tableau(columns, (header,), rows, legende)


def _evaluation() -> tuple[Bloc, ...]:
    note = paragraphe(f"(1) Montants arrondis à l'euro, 300{FINE}000{NBSP}€ au plus.", "note")
    return (
        _clause(20, "Évaluation annuelle", (*_prose(3), _short_table(), note)),
        _clause(21, "Intéressement", (*_prose(2), Encart((_announce(), _bullets())), *_prose(3))),
        _clause(22, "Sanctions", _prose(6), niveau=2),
        _clause(23, "Voies de recours", _prose(1), niveau=3),
        _clause(24, "Délais", _prose(1), niveau=4),
        _clause(25, "Indicateurs complémentaires", (_indicators(4),)),
    )


def _short_table() -> Tableau:
    header = (cellule("Part", entete=True), cellule("Montants", entete=True, etendue=2))
    second = (
        cellule("", entete=True),
        cellule("Minimum", entete=True),
        cellule("Maximum", entete=True),
    )
    rows = tuple(
        (
            cellule(label, entete=True),
            cellule(f"{low}{FINE}000{NBSP}€"),
            Cellule((Paragraphe((AEcrire("montant maximal"),), "cellule"),)),
        )
        for label, low in (("Qualité", 10), ("Efficience", 20), ("Pertinence", 30))
    )
    columns = (Colonne(2), Colonne(1, "droite"), Colonne(1, "droite"))
    return Tableau(columns, (header, second), rows, texte("Tableau 5 — Parts"))


def _annexes() -> tuple[Bloc, ...]:
    columns = (Colonne(2), Colonne(5), *(Colonne(1, "centre") for _ in range(5)))
    header = (
        cellule("Axe", entete=True),
        cellule("Action", entete=True),
        *(cellule(str(year), entete=True) for year in range(2026, 2031)),
    )
    action = Liste(
        (
            Element((paragraphe("protocoliser"),)),
            Element((paragraphe("évaluer les pratiques et les restituer aux services"),)),
        )
    )
    rows = tuple(
        (
            cellule(f"Axe {index}", entete=True),
            Cellule((paragraphe("Conduire les actions suivantes", "cellule"), action)),
            *(cellule("Oui" if (index + year) % 2 else "Non") for year in range(5)),
        )
        for index in range(1, 13)
    )
    plan = Tableau(columns, (header,), rows, texte("Plan d'actions pluriannuel"))
    return (
        Section(
            "_sec_annexe_1",
            Titre(1, f"Annexe{NBSP}1", texte("Plan d'actions"), sur_deux_lignes=True),
            (paragraphe("Le plan d'actions est établi pour la durée du contrat."), plan),
            orientation="paysage",
            nouvelle_page=True,
        ),
        Section(
            "_sec_annexe_2",
            Titre(1, f"Annexe{NBSP}2", texte("Modalités de calcul"), sur_deux_lignes=True),
            (*_prose(3), _indicators(6)),
            nouvelle_page=True,
        ),
    )


def _end() -> tuple[Bloc, ...]:
    signers = (
        ("La directrice générale de l'agence régionale de santé", "Mme Anne DURAND", "ars"),
        ("Le directeur de la caisse primaire d'assurance maladie", "M. Paul PETIT", "cpam"),
        ("La directrice du centre hospitalier", "Mme Lucie BERNARD", "etablissement"),
    )
    boxes = tuple(
        Signataire(texte(role), texte("Lu et approuvé"), texte(name), f"Signature_{field}")
        for role, name, field in signers
    )
    place = (Texte(f"Fait à Exempleville, le{NBSP}"), AEcrire("date de signature", 12))
    return (
        Paragraphe((*place, Texte(", en trois exemplaires.")), "fait_a"),
        BlocSignature(boxes),
    )
