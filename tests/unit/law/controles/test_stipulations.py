"""What a contract may not lawfully say, told before it is signed and refused in a final act."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.actes import assemble_checked
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.constats import Constat, Gravite, sort_constats
from caqes_docs.core.errors import DonneesError
from caqes_docs.data.depot import Affaire, load_depot
from caqes_docs.law.controles.dossier import check_affaire

TRANSPORTS, PERTINENCE, QUALITE = "990780041", "990780124", "990780116"
ERREUR, MANQUE = Gravite.ERREUR, Gravite.MANQUE

SUR = "bareme:\n          nom: points\n          sur: objectifs\n      interessement"
MONTANT = "type: montant\n        taux_maximum: 0,2 %"
TRA = "indicateur: TRA-1"
SOCLE = "type: reduction_liste_en_sus"

FAUTES = [
    # Each is told by the evaluation alone if nothing is done (controls of the law, A1, B1, B9).
    (TRANSPORTS, ("taux_maximum: 30 %", "taux_maximum: 31 %"), "V-075", ERREUR),
    (TRANSPORTS, (MONTANT, "type: mise_sous_accord_prealable"), "V-031", ERREUR),
    (TRANSPORTS, (MONTANT, "type: reduction_liste_en_sus"), "V-031", ERREUR),
    (TRANSPORTS, (SUR, SUR.replace("objectifs\n", "risques\n")), "V-160", ERREUR),
    (TRANSPORTS, (SUR, SUR.replace("          sur: objectifs\n", "")), "V-035", MANQUE),
    (TRANSPORTS, ("poids: 60 %", "poids: null"), "V-027", MANQUE),
    (TRANSPORTS, ("donne_lieu_a_sanction: oui", "donne_lieu_a_sanction: null"), "V-030", MANQUE),
    (TRANSPORTS, ("base_economies: cible", "base_economies: null"), "V-026", MANQUE),
    (TRANSPORTS, (TRA, "indicateur: TRA-2"), "V-161", ERREUR),
    (TRANSPORTS, (TRA, "indicateur: TRA-9"), "V-033", ERREUR),
    (TRANSPORTS, ("liste_en_sus: oui", "liste_en_sus: non"), "V-042", ERREUR),
    (TRANSPORTS, ("liste_en_sus: oui", "liste_en_sus: null"), "V-043", MANQUE),
    (TRANSPORTS, (SOCLE, "type: mise_sous_accord_prealable"), "V-041", ERREUR),
    (TRANSPORTS, (SOCLE, "type: null"), "V-041", MANQUE),
    (
        PERTINENCE,
        ("        type: montant\n        taux_maximum: 0,2 %", f"        {SOCLE}"),
        "V-031",
        ERREUR,
    ),
    (PERTINENCE, ("indicateur: PER-1\n", "libelle: Tracer\n"), "V-161", ERREUR),
    (QUALITE, ("nombre_risques: 2", "nombre_risques: 0"), "V-162", ERREUR),
    (QUALITE, ("nombre_risques: 2", "nombre_risques: null"), "V-162", MANQUE),
    (QUALITE, ("nombre_risques: 2", "nombre_risques: 4"), "V-077", ERREUR),
    (QUALITE, ("taux_maximum: 1 %", "taux_maximum: null"), "V-021", MANQUE),
]


def change(projet: Projet, dossier: Path, finess: str, *changements: tuple[str, str]) -> Affaire:
    """A sample contract whose text is changed."""
    donnees = Path(shutil.copytree(projet.racine / "contracts_data", dossier / "contracts_data"))
    chemin = donnees / "dossiers" / f"{finess}.yaml"
    texte = chemin.read_text(encoding="utf-8")
    for avant, apres in changements:
        assert avant in texte, avant
        texte = texte.replace(avant, apres)
    chemin.write_text(texte, encoding="utf-8")
    (affaire,) = load_depot(donnees, "d", [finess]).affaires.values()
    return affaire


def told(constats: list[Constat]) -> set[tuple[str, Gravite]]:
    """Codes and gravities, warnings aside."""
    return {(c.code, c.gravite) for c in constats if c.gravite is not Gravite.AVERTISSEMENT}


class DescribeStipulations:
    """`check_affaire` on the terms of a contract."""

    @pytest.mark.parametrize("finess", [TRANSPORTS, PERTINENCE, QUALITE])
    def it_finds_nothing_in_a_lawful_contract(
        self, finess: str, projet: Projet, tmp_path: Path
    ) -> None:
        assert told(check_affaire(change(projet, tmp_path, finess), projet.droit)) == set()

    @pytest.mark.parametrize(("finess", "changement", "code", "gravite"), FAUTES)
    def it_tells_what_the_evaluation_would(
        self,
        finess: str,
        changement: tuple[str, str],
        code: str,
        gravite: Gravite,
        projet: Projet,
        tmp_path: Path,
    ) -> None:
        affaire = change(projet, tmp_path, finess, changement)
        dits = sort_constats(check_affaire(affaire, projet.droit))
        assert (code, gravite) in told(dits)
        (faute, *_) = [c for c in dits if c.code == code]
        assert faute.source.fichier == f"d/dossiers/{finess}.yaml"
        assert faute.source.ligne > 1
        assert faute.remede
        with pytest.raises(DonneesError) as refus:
            assemble_checked(projet, affaire, projet.types["contrat"], Options(definitif=True))
        assert refus.value.code == ("D-000" if gravite is ERREUR else "D-060")
        assert code in {constat.code for constat in refus.value.constats}

    def it_lets_a_draft_leave_terms_open(self, projet: Projet, tmp_path: Path) -> None:
        affaire = change(projet, tmp_path, QUALITE, ("nombre_risques: 2", "nombre_risques: null"))
        acte = assemble_checked(projet, affaire, projet.types["contrat"], Options())
        assert ("V-162", MANQUE) in told(list(acte.constats))

    def it_says_where_the_text_says_it(self, projet: Projet, tmp_path: Path) -> None:
        affaire = change(projet, tmp_path, TRANSPORTS, (TRA, "indicateur: TRA-2"))
        (faute,) = [c for c in check_affaire(affaire, projet.droit) if c.code == "V-161"]
        assert "est une part\u00a0: il doit être une évolution" in faute.message
        assert "(instruction, annexe 4, § 2)" in faute.message
        assert faute.remede == "Donner «\u00a0indicateur\u00a0» parmi\u00a0: TRA-1."

    def it_never_asks_for_a_value_of_an_unknown_indicator(
        self, projet: Projet, tmp_path: Path
    ) -> None:
        affaire = change(projet, tmp_path, TRANSPORTS, (TRA, "indicateur: TRA-9"))
        codes = {constat.code for constat in check_affaire(affaire, projet.droit)}
        assert "V-033" in codes
        assert "D-053" not in codes

    @pytest.mark.parametrize("cle", ["objectifs", "actions"])
    def it_refuses_a_scale_that_measures_nothing(
        self, cle: str, projet: Projet, tmp_path: Path
    ) -> None:
        autre = {"objectifs": "      actions:", "actions": "      sanction:"}[cle]
        debut = {"objectifs": "      objectifs_complementaires:", "actions": "      actions:"}[cle]
        texte = (projet.racine / f"contracts_data/dossiers/{TRANSPORTS}.yaml").read_text(
            encoding="utf-8"
        )
        bloc = texte[texte.index(debut) : texte.index(autre, texte.index(debut))]
        sur = (SUR, SUR.replace("sur: objectifs", f"sur: {cle}"))
        affaire = change(projet, tmp_path, TRANSPORTS, (bloc, ""), sur)
        assert ("V-163", ERREUR) in told(check_affaire(affaire, projet.droit))

    def it_needs_the_volet_obligatoire(self, projet: Projet, tmp_path: Path) -> None:
        texte = (projet.racine / f"contracts_data/dossiers/{QUALITE}.yaml").read_text(
            encoding="utf-8"
        )
        bloc = texte[texte.index("  socle:") : texte.index("  volets:")]
        affaire = change(projet, tmp_path, QUALITE, (bloc, ""))
        assert told(check_affaire(affaire, projet.droit)) == {("V-164", MANQUE)}


class DescribeTable:
    """`catalogues/socle.yaml` and `catalogues/volets/*.yaml`: the table that a jurist corrects."""

    def it_says_where_each_line_stands(self, projet: Projet) -> None:
        assert projet.droit.socle is not None
        for decrit in (projet.droit.socle, *projet.droit.volets.values()):
            for cle in ("sanctions", "avec_liste_en_sus", "bareme_sur", "objectif_principal"):
                assert (getattr(decrit.appuis, cle) is not None) == bool(getattr(decrit, cle)), cle
            assert (decrit.appuis.risques is None) == (decrit.risques is None)

    def it_decides_when_a_jurist_corrects_it(self, projet: Projet, tmp_path: Path) -> None:
        affaire = change(projet, tmp_path, TRANSPORTS, (TRA, "indicateur: TRA-2"))
        bibliotheque = tmp_path / "region" / "catalogues" / "volets"
        bibliotheque.mkdir(parents=True)
        national = (projet.racine / "clauses/catalogues/volets/transports.yaml").read_text(
            encoding="utf-8"
        )
        (bibliotheque / "transports.yaml").write_text(
            national.replace("[evolution]", "[evolution, ratio]"), encoding="utf-8"
        )
        corrige = Projet(projet.racine, (tmp_path / "region",))
        assert told(check_affaire(affaire, corrige.droit)) == set()
