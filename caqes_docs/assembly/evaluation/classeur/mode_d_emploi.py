"""What the workbook of evaluations tells its reader about itself."""

from __future__ import annotations

LIGNES = (
    (
        "À quoi il sert",
        "Refaire chaque montant sans le logiciel. Toute valeur calculée est une formule qui "
        "renvoie aux cases de ses opérandes ; aucune n’est recopiée. Ce sont des propositions : "
        "le directeur général de l’agence décide.",
    ),
    (
        "Synthèse",
        "« Recalculé ici » est une formule ; « Proposé par le logiciel » est une constante, "
        "écrite par le logiciel. L’écart doit être nul, et la dernière ligne compte les écarts.",
    ),
    (
        "Une feuille par année",
        "Chaque étape a son numéro, après ses opérandes. La colonne « Donnée » porte ce qui a "
        "été lu ou ce que la règle fixe ; sur fond jaune, ce qui peut être changé pour voir "
        "l’effet : données du dossier et de l’évaluation, paramètres du droit. Une donnée qui "
        "sert à plusieurs montants n’est écrite qu’une fois.",
    ),
    (
        "Protection",
        "Dans ces feuilles, seules les cases sur fond jaune se changent : une formule ne "
        "s’efface pas par mégarde. Il n’y a pas de mot de passe : « Révision », puis « Ôter la "
        "protection de la feuille ». Une valeur inattendue (un taux au-delà de 100 %, un montant "
        "négatif, une classe inconnue) est signalée, et reste possible.",
    ),
    (
        "Réponses",
        "Oui et non sont des valeurs logiques : VRAI et FAUX. Une classe est une lettre, A "
        "étant la meilleure.",
    ),
    (
        "Ce qui n’est pas connu",
        "« non évaluable » dans « Donnée », et #N/A dans « Valeur » : une étape qui a besoin "
        "d’une valeur inconnue est inconnue, et ne devient jamais zéro. Une donnée effacée ou "
        "d’un autre genre (un mot pour un nombre) est inconnue elle aussi. Deux réponses "
        "suffisent parfois : « et » est faux dès qu’une réponse est fausse, « ou » est vrai dès "
        "qu’une est vraie.",
    ),
    (
        "Arrondis",
        "Rien n’est arrondi en chemin : le format montre moins de chiffres que la case n’en "
        "tient. Un montant est arrondi au centime une seule fois, le demi-centime s’éloignant "
        "de zéro. Un maximum est ramené au centime inférieur : un peu moins d’un demi-centime "
        "lui est retiré, puis il est arrondi.",
    ),
    (
        "Limite : précision",
        "Un tableur compte en binaire, avec une quinzaine de chiffres ; le logiciel, en "
        "décimal, avec cinquante. Un montant est donc d’abord ramené à 7 décimales, et une "
        "comparaison se fait à 7 décimales pour des euros, 12 pour des taux, 9 pour des "
        "nombres. Les centimes sont les mêmes tant que les montants à arrondir restent sous dix "
        "millions d’euros et que rien ne tombe, sans y être, à moins d’un millionième d’euro "
        "d’un demi-centime ou d’un seuil.",
    ),
    (
        "Limite : ce que les formules ne refont pas",
        "Les formules refont le calcul que les données ont demandé. Si un changement ouvrait "
        "une autre mesure (une sanction au lieu d’un intéressement), le maximum et le barème de "
        "cette autre mesure peuvent manquer au volet obligatoire : corriger le dossier et "
        "relancer « caqes evaluer ». Les contrôles du logiciel ne sont pas refaits.",
    ),
)
