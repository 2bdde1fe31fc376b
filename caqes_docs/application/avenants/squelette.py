"""The file of an avenant to fill in: what its act needs, and what it may add, commented."""

from __future__ import annotations

from caqes_docs.data.avenant.modele import CasAvenant
from caqes_docs.data.depot import Affaire

_EXEMPLES = {
    CasAvenant.AJOUT_VOLET: """\
#   - cle: contrat.volets.qualite
#     apres: {duree: 3, donne_lieu_a_sanction: oui}
""",
    CasAvenant.RENOUVELLEMENT: """\
#   - cle: contrat.volets.transports.duree
#     avant: 3
#     apres: 5
""",
    CasAvenant.RESILIATION: """\
#   - cle: contrat.volets.transports
#     retirer: oui
""",
    CasAvenant.ETABLISSEMENT: """\
#   - cle: etablissement.representant.nom
#     avant: "Dupont"
#     apres: "Durand"
# Jour où le nouveau représentant prend ses fonctions : les lettres lui sont alors adressées.
# prise_de_fonctions:
""",
}
_EXEMPLE = """\
#   - cle: contrat.indicateurs.NAT-10-1-1.cibles.2020
#     apres: "85 %"
"""
_TEXTE = """\
# yaml-language-server: $schema=../.schemas/avenant.schema.json
#
# Avenant n°\u00a0{numero} au contrat {reference}. Remplir ce qui suit chaque deux-points.

dossier: "{finess}"
numero: {numero}
cas: {cas}
# L’avenant a pour objet…
objet:
# Qui le demande\u00a0: agence, organisme, etablissement ou commun_accord\u00a0; puis pourquoi.
demandeur:
motif:
# Textes qui motivent l’avenant, visés par l’acte (identifiants de clauses/droit)\u00a0:
# textes: []
# Mettre le contrat au droit d’un jour (taux, seuils, rédactions)\u00a0: ce qui change est calculé.
# droit_au:

# La procédure du contrat vaut pour l’avenant (CSS, art. D.\u00a0162-15, dernier alinéa).
procedure:
  avis:
    demande_le:
    rendu_le:
    sens:
  premiere_proposition:
    date:
    mode:
    recue_le:
  # seconde_proposition: {{date: , recue_le: }}
# L’instance médicale et la commission des usagers, comme pour le contrat\u00a0:
# avis_medical: {{instance: CME, date: , sens: }}
# cdu_associee: oui

# Chaque modification nomme une clé du dossier, ce qu’elle dit et ce qu’elle dira. Écrites à la
# main, ou tirées de la copie (caqes avenant deriver {finess} --numero {numero}). Par exemple\u00a0:
{exemple}modifications: []

# Clauses dont la rédaction passe à une autre version, et dérogations à leur rédaction\u00a0:
# redactions:
#   - {{clause: contrat.recours, version: }}
# derogations:
#   - {{clause: contrat.recours, alineas: [], motif: }}

# Lieu, date de signature prévue ou faite, nombre d’originaux.{effet}
signature:
  lieu:
  date:
  originaux: 3

# Abandonné avant d’être signé, l’avenant garde son numéro\u00a0:
# annulation: {{le: , motif: , remplace_par: }}
"""


def skeleton(affaire: Affaire, numero: int, cas: CasAvenant) -> str:
    """The file of the avenant of that number, to fill in."""
    effet = "Effet le 1er janvier qui suit."
    if cas is CasAvenant.RESILIATION:
        effet = "Effet le 31 décembre de la même année."
    return _TEXTE.format(
        numero=numero,
        reference=affaire.reference,
        finess=affaire.finess,
        cas=cas.value,
        exemple=_EXEMPLES.get(cas, _EXEMPLE),
        effet=f" {effet}",
    )
