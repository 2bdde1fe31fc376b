"""The table of migrations: what became of each key that older files hold.

A line is added when a key leaves the models; `caqes migrer` and the reading of files follow.
"""

from __future__ import annotations

from caqes_docs.data.migration.etapes import Deplacer, Dire, Migration, Omission, Retirer

_RAPPORT = "procedure.rapport"
_PREMIERE = "contrat.procedure.premiere_proposition"

MIGRATIONS: tuple[Migration, ...] = (
    Migration(
        "dossier",
        "contrat.proposition",
        _PREMIERE,
        (
            Deplacer(
                "contrat.proposition.audition_demandee_le",
                "contrat.proposition.audition.demandee_le",
            ),
            Deplacer(
                "contrat.proposition.audition_tenue_le", "contrat.proposition.audition.tenue_le"
            ),
            Deplacer("contrat.proposition", _PREMIERE),
        ),
        (
            Omission(
                "contrat.refus",
                ("contrat.procedure.seconde_proposition",),
                Dire(
                    "contrat.procedure",
                    "Un refus est constaté sans seconde proposition\u00a0: la sanction ne peut "
                    "être prononcée que quinze jours après la réception d’une proposition qui la "
                    "nomme (D. 162-15).",
                    "Remplir «\u00a0contrat.procedure.seconde_proposition\u00a0» si elle a été "
                    "notifiée, sinon reprendre la procédure.",
                ),
            ),
        ),
    ),
    Migration(
        "evaluation",
        "contradictoire",
        _RAPPORT,
        (
            Deplacer("contradictoire.intention_le", "contradictoire.date"),
            Deplacer("contradictoire.observations", "contradictoire.texte"),
            Deplacer("contradictoire.observations_le", "contradictoire.observations.0.recue_le"),
            Deplacer("contradictoire.texte", "contradictoire.observations.0.texte"),
            Deplacer("contradictoire.audition_tenue_le", "contradictoire.audition.tenue_le"),
            Deplacer(
                "contradictoire.reponse",
                "contradictoire.observations.0.reponse",
                si="contradictoire.observations",
            ),
            Deplacer(
                "contradictoire.reponse",
                "contradictoire.audition.reponse",
                si="contradictoire.audition",
            ),
            Retirer(
                "contradictoire.reponse",
                Dire(
                    _RAPPORT,
                    "La réponse de l’agence ne répond à aucune observation ni audition écrite "
                    "dans le fichier.",
                    "Écrire l’observation et sa réponse dans «\u00a0observations\u00a0», ou la "
                    "réponse dans «\u00a0audition\u00a0».",
                ),
            ),
            Retirer(
                "contradictoire.delai_jours",
                Dire(
                    _RAPPORT,
                    "Le délai de réponse n’est plus une donnée\u00a0: le texte fixe un mois à "
                    "compter de la réception du rapport (D. 162-16, III).",
                    "Vérifier que l’établissement a disposé d’un mois.",
                ),
            ),
            Deplacer("contradictoire", _RAPPORT),
        ),
        (
            Omission(
                f"{_RAPPORT}.audition.tenue_le",
                (f"{_RAPPORT}.audition.reponse",),
                Dire(
                    f"{_RAPPORT}.audition",
                    "La réponse de l’agence valait pour les observations et pour l’audition\u00a0: "
                    "elle est mise avec les observations.",
                    "Remplir «\u00a0procedure.rapport.audition.reponse\u00a0».",
                ),
            ),
        ),
    ),
    Migration(
        "evaluation",
        "avis_organisme",
        "procedure.avis_notification",
        (Deplacer("avis_organisme", "procedure.avis_notification"),),
    ),
    Migration(
        "evaluation",
        "notification",
        "decision",
        (
            Deplacer("notification.recue_le", "decision.recue_le"),
            Deplacer(
                "notification.numero",
                "decision.numero",
                sinon=Dire(
                    "decision",
                    "Le numéro de l’ancienne notification n’est pas repris\u00a0: elle était "
                    "l’envoi de la décision définitive, qui a le sien.",
                    "Le reporter à la main dans «\u00a0decision.numero_envoi\u00a0» si c’est "
                    "celui de l’envoi.",
                ),
            ),
            Deplacer(
                "notification.date",
                "decision.date",
                sinon=Dire(
                    "decision.date",
                    "La décision n’est pas du même jour que son envoi\u00a0: «\u00a0decision.date"
                    "\u00a0» garde le jour de la décision.",
                    "Vérifier «\u00a0decision.date\u00a0»\u00a0: c’est désormais le jour de l’acte "
                    "et de son envoi.",
                ),
            ),
            Retirer("notification"),
        ),
        (
            Omission(
                "decision.volets.*.nature",
                ("procedure.notification", "procedure.renonciation"),
                Dire(
                    "procedure",
                    "L’ancienne notification était l’envoi de la décision\u00a0: rien ne dit que "
                    "les mesures ont été notifiées avant elle (D. 162-16, III).",
                    "Remplir «\u00a0procedure.notification\u00a0»\u00a0: elle ouvre quinze jours à "
                    "l’établissement.",
                ),
                hors="aucune",
            ),
            Omission(
                "decision.volets.*.nature",
                ("procedure.avis_decision", "procedure.renonciation"),
                Dire(
                    "procedure",
                    "Le second avis de l’organisme local, avant la décision définitive, n’est pas "
                    "écrit (D. 162-16, IV).",
                    "Remplir «\u00a0procedure.avis_decision\u00a0».",
                ),
                hors="aucune",
            ),
        ),
    ),
    Migration(
        "evaluation",
        "volets.*.economies.depense_de_reference",
        "interessement, au contrat",
        (
            Retirer(
                "volets.*.economies.depense_de_reference",
                Dire(
                    "volets.*.economies",
                    "La dépense dont se mesurent les économies est désormais une donnée du "
                    "contrat, signée\u00a0: elle ne se donne plus à l’évaluation (R-TRA-1).",
                    "La retrouver au contrat et l’écrire dans l’intéressement du volet\u00a0: "
                    "«\u00a0depenses_cibles\u00a0», ou «\u00a0depense_de_reference\u00a0» et "
                    "«\u00a0evolutions_tendancielles\u00a0».",
                ),
            ),
        ),
    ),
)
