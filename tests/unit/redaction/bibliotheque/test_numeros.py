"""Tests of `numeros`: a signed contract keeps its numbers, what is new takes free ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.sujet import Assemblage
from caqes_docs.core.errors import RevisionError
from caqes_docs.redaction.bibliotheque.numeros import keep_numbers, numbers_of, parse_number
from caqes_docs.redaction.bibliotheque.numerotation import Numeroteur
from caqes_docs.redaction.bibliotheque.places import Place
from tests.outils.partage import examples

VOLETS = ("transports", "pertinence", "qualite")


def _flat(places: tuple[Place, ...]) -> Iterator[Place]:
    for place in places:
        yield from (place, *_flat(place.contenu))


def _articles(structure: list[int]) -> tuple[Place, ...]:
    """Articles numbered from 1, the first with `structure[0]` sub-articles, and so on."""
    places = []
    for rang, sous in enumerate(structure, 1):
        nom = f"Article\u00a0{rang}"
        places.append(Place(f"a{rang}", 1, nom + ("er" if rang == 1 else ""), f"_a{rang}"))
        places += [
            Place(f"a{rang}.{n}", 2, f"{nom}-{n}", f"_a{rang}_{n}") for n in range(1, sous + 1)
        ]
    return tuple(places)


def _short(places: tuple[Place, ...]) -> list[str]:
    return [place.numero.removeprefix("Article\u00a0") for place in _flat(places) if place.numero]


def _kept(structure: list[int], connus: dict[str, str]) -> list[str]:
    numeros = {f"_a{ancre}": f"Article\u00a0{numero}" for ancre, numero in connus.items()}
    return _short(keep_numbers(_articles(structure), numeros))


class DescribeKeepNumbers:
    def it_keeps_every_number_of_a_signed_act(self) -> None:
        assert _kept([0, 2], {"1": "1er", "2": "10", "2_1": "10-1", "2_2": "10-3"}) == [
            "1er",
            "10",
            "10-1",
            "10-3",
        ]

    def it_inserts_between_two_articles(self) -> None:
        assert _kept([0, 0, 0, 0], {"1": "13", "4": "14"}) == ["13", "13-1", "13-2", "14"]

    def it_inserts_between_two_sub_articles(self) -> None:
        connus = {"1": "10", "1_1": "10-1", "1_2": "10-2", "1_4": "10-3"}
        assert _kept([4], connus) == ["10", "10-1", "10-2", "10-2-1", "10-3"]

    def it_goes_on_after_the_last_sub_article(self) -> None:
        connus = {"1": "10", "1_1": "10-1", "2": "11"}
        assert _kept([2, 0], connus) == ["10", "10-1", "10-2", "11"]

    def it_gives_an_article_after_sub_articles_the_next_of_their_numbers(self) -> None:
        connus = {"1": "10", "1_1": "10-1", "1_2": "10-2", "3": "11"}
        assert _kept([2, 2, 0], connus) == [
            *("10", "10-1", "10-2"),
            *("10-3", "10-3-1", "10-3-2"),
            "11",
        ]

    def it_gives_the_next_number_at_the_end(self) -> None:
        assert _kept([0, 2], {"1": "12"}) == ["12", "13", "13-1", "13-2"]

    def but_never_one_that_something_had(self) -> None:
        """Article 13 was removed: the next one at the end is 14, between 12 and 15 it is 12-1."""
        assert _kept([0, 0], {"1": "12", "ancien": "13"}) == ["12", "14"]
        connus = {"1": "12", "ancien": "13", "3": "15"}
        assert _kept([0, 0, 0], connus) == ["12", "12-1", "15"]

    def and_what_comes_back_takes_its_own_again(self) -> None:
        assert _kept([0, 0], {"1": "12", "2": "13", "autre": "14"}) == ["12", "13"]

    @pytest.mark.parametrize(
        "connus",
        [{"1": "10", "1_2": "10-1"}, {"1_1": "10-1", "1_2": "10-2"}],
        ids=["after 10, before 10-1", "before the first"],
    )
    def but_nothing_is_free_before_a_first_one(self, connus: dict[str, str]) -> None:
        with pytest.raises(RevisionError, match="Aucun numéro n’est libre entre") as refus:
            _kept([2], connus)
        assert refus.value.code == "A-007"
        assert "10-1" in refus.value.message

    def it_numbers_chapters_and_annexes_alike(self) -> None:
        noms = ("Chapitre\u00a01", "Annexe\u00a01", "Annexe\u00a02", "Annexe\u00a03")
        places = tuple(Place(nom, 1, nom, nom) for nom in noms)
        numeros = {"Annexe\u00a01": "Annexe\u00a04", "Annexe\u00a03": "Annexe\u00a05"}
        assert [p.numero for p in keep_numbers(places, {**numeros, "c": "Chapitre\u00a02"})] == [
            "Chapitre\u00a03",
            "Annexe\u00a04",
            "Annexe\u00a04-1",
            "Annexe\u00a05",
        ]

    @settings(max_examples=examples(400))
    @given(st.lists(st.integers(0, 4), min_size=1, max_size=6), st.data())
    def it_orders_any_act_without_two_alike(
        self, structure: list[int], data: st.DataObject
    ) -> None:
        """Of two states, the second holds what the first does, and what is new between."""
        places = _articles(structure)
        gardes = data.draw(st.sets(st.sampled_from(places)))
        tetes = {p.ancre for p in gardes if p.niveau == 1}
        avant = {
            p.ancre: p.numero
            for p in gardes
            if p.niveau == 1 or p.ancre.rpartition("_")[0] in tetes
        }
        try:
            apres = keep_numbers(places, {**avant, "perdu": "Article\u00a07"})
        except RevisionError:
            reject()
        nouveaux = {p.ancre: p.numero for p in apres}
        assert nouveaux.items() >= avant.items()
        rangs = [lu[1] for p in apres if (lu := parse_number(p.numero))]
        assert rangs == sorted(set(rangs))
        assert (7,) not in rangs
        assert keep_numbers(places, nouveaux) == apres


class DescribeNumbersOfAnAct:
    def it_finds_the_numbers_that_the_act_prints(
        self, projet: Projet, assembler: Callable[..., Assemblage]
    ) -> None:
        """Chapters, articles and annexes: numbered again from them, nothing moves."""
        document = assembler("990780017").document
        numeros = numbers_of(document)
        assert numeros["_cl_socle_evaluation"] == "Article\u00a010-6"
        assert numeros["_cl_chapitre_2"] == "Chapitre\u00a02"
        assert numeros["_cl_annexes_plan_actions"] == "Annexe\u00a01"
        libre = self._numeroteur(projet, VOLETS)
        places = libre.number(projet.types["contrat"].plan)
        tenus = {p.ancre: p.numero for p in _flat(places) if p.numero}
        tenu = replace(self._numeroteur(projet, VOLETS), numeros=tenus)
        assert tenu.number(projet.types["contrat"].plan) == places

    def it_puts_an_added_volet_after_those_of_the_contract(self, projet: Projet) -> None:
        plan = projet.types["contrat"].plan
        avant = self._numeroteur(projet, VOLETS[1:]).number(plan)
        numeros = {p.ancre: p.numero for p in _flat(avant) if p.numero}
        apres = replace(self._numeroteur(projet, VOLETS), numeros=numeros).number(plan)
        volets = [p.volet for p in _flat(apres) if p.volet and p.numero.count("-") == 0]
        assert volets == ["pertinence", "qualite", "transports"] * 2
        donnes = {p.ancre: p.numero for p in _flat(apres) if p.numero}
        assert donnes.items() >= numeros.items()
        neufs = [n for a, n in donnes.items() if a not in numeros]
        assert neufs[:2] == ["Article\u00a013", "Article\u00a013-1"]
        assert neufs[-1] == "Annexe\u00a09"

    def _numeroteur(self, projet: Projet, volets: tuple[str, ...]) -> Numeroteur:
        return Numeroteur(
            projet.bibliotheque,
            dt.date(2018, 1, 1),
            lambda _redaction, _volet: True,
            frozenset(volets),
        )
