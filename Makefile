# What one types here, and what `make help` prints. Each target sets up what is missing first
# (.ci/preparer.sh: nothing to do, nothing done).

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

BIN := .venv/bin
# Two processes: one per core of the machine promised.
PYTEST_OPTIONS ?= -n 2
EVALUATION := --type rapport_evaluation --type grille_evaluation --type detail_calcul --type note_calcul
SIMULATION := 990780017 --annee 2019 --volet transports --de 0% --a 3% --pas 0,25%
PROPOSITIONS := --type demande_avis_proposition --type lettre_proposition --type seconde_proposition \
	--type convocation_audition_proposition --type compte_rendu_audition_proposition --type decision_refus \
	--type information_caisse_refus
# Hearings on the acts of an evaluated year.
AUDITIONS := --type convocation_audition_rapport --type compte_rendu_audition_rapport \
	--type convocation_audition_notification --type compte_rendu_audition_notification
COURRIERS := --type transmission_rapport --type demande_avis_notification --type notification \
	--type demande_avis_decision --type decision_definitive \
	--type information_caisse --type information_controle_medical
# The last year evaluated in the sample region.
ANNEE := 2019
# What outside judges read: an evaluation with all its letters, and three more with their figures.
JUGES := 2A9780012 990780017 990780124 --annee $(ANNEE)
# A copy of the samples where a contract and its avenant are sealed as trials: nothing is sealed beside the samples.
ESSAI := output/essai
# What is compiled stays so: some shells ask Python to do it again in each process.
unexport PYTHONDONTWRITEBYTECODE
UV ?= $(firstword $(shell command -v uv) $(BIN)/uv)
VERROUILLER := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make verrouiller"
# Every library has a wheel for Windows, so that nobody needs a compiler there.
PYTHONS := 3.11 3.12 3.13 3.14
WINDOWS := $(BIN)/python -m pip install --quiet --dry-run --require-hashes --only-binary :all: \
	--platform win_amd64 --target build/windows

.PHONY: help preparer demo test test-long check format lint types couches catalogue tests-si-demandes \
	conformance bench mutation verrouiller propre

help: ## Liste ces commandes
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

preparer: ## Installe ce qui manque (.venv, bibliothèques, Pango) ; rien si tout est là
	@bash .ci/preparer.sh

demo: preparer ## Vérifie les exemples, puis produit leurs actes, évaluations et notes de ciblage dans output/
	@$(BIN)/python -m tests.demo \
	'Dossiers contrôlés : verifier' \
	'Contrats : generer --tous --sortie output' \
	'Avenants : generer --tous --type avenant --sortie output/avenants' \
	'Propositions et refus : generer --tous $(PROPOSITIONS) --sortie output/courriers' \
	'Calcul des évaluations : evaluer --xlsx output/evaluations/evaluations.xlsx' \
	'Rapports d’évaluation : generer --tous $(EVALUATION) --sortie output/evaluations' \
	'Autoévaluations : generer 990780017 2B9780010 --annee $(ANNEE) --type autoevaluation --type information_semestrielle --sortie output/evaluations/cadres' \
	'Fiches des données : generer 990780017 2B9780010 --annee $(ANNEE) --type fiche_donnees --sortie output/evaluations/cadres' \
	'Rapport régional : consolider --annee $(ANNEE) --sortie output/evaluations/region' \
	'État des lieux : consolider --annee $(ANNEE) --type etat_des_lieux --sortie output/evaluations/region' \
	'Synthèse pour l’IRAPS : consolider --annee $(ANNEE) --type synthese_iraps --sortie output/evaluations/region' \
	'Diagnostic, information et avis : generer --tous --type diagnostic_socle --type releve_rencontres --type information_regulation --type information_cpam --type demande_instance --type invitation_reunion --sortie output/courriers' \
	'Auditions : generer --tous --annee $(ANNEE) $(AUDITIONS) --sortie output/evaluations/courriers' \
	'Courriers et décisions : generer --tous --annee $(ANNEE) $(COURRIERS) --type renonciation --sortie output/evaluations/courriers' \
	'Simulation : simuler $(SIMULATION) --sortie output/evaluations/simulations' \
	'Ciblage : cibler contracts_data/ciblage/region_2018.csv --annee 2018 --sortie output/ciblage'
	@$(BIN)/caqes echeances --au 2020-10-01 --vers output/echeances.xlsx
	@test -e $(ESSAI)/scelle || { rm -rf $(ESSAI) && mkdir -p $(ESSAI) && cp -r clauses templates contracts_data $(ESSAI) && \
	$(BIN)/caqes signer 990780090 --le 2017-12-22 --exemple --projet $(ESSAI) --sortie $(ESSAI)/output && \
	$(BIN)/caqes signer 990780090 --avenant 1 --le 2018-10-22 --exemple --projet $(ESSAI) --sortie $(ESSAI)/output && \
	touch $(ESSAI)/scelle; }
	@$(BIN)/caqes etat 990780090 --au 2019-01-01 --projet $(ESSAI) --formats docx,pdf --sortie $(ESSAI)/output

test: preparer ## Lance les tests
	@$(BIN)/pytest -q $(PYTEST_OPTIONS)

# What `make test` leaves out (marker `long`), and every search of Hypothesis with all its examples.
test-long: preparer ## Lance les tests longs : tous les PDF, les recherches avec tous leurs exemples
	@$(BIN)/pytest -q $(PYTEST_OPTIONS) -m "long or hypothesis" --hypothesis-profile=long

check: format lint types couches catalogue tests-si-demandes ## Tout vérifier : mise en forme, style, types, couches, clauses, exemples, tests

# Each step of `check` also runs alone: make lint, make types…
format: preparer
	@$(BIN)/ruff format --check .

lint: preparer
	@$(BIN)/ruff check .

types: preparer
	@$(BIN)/mypy

couches: preparer
	@$(BIN)/lint-imports

catalogue: preparer
	@$(BIN)/caqes clauses verifier
	@$(BIN)/caqes verifier

# `make check SANS_TESTS=1` when the tests have just been run (.ci/run).
tests-si-demandes: preparer
	@$(if $(SANS_TESTS),:,$(BIN)/pytest -q $(PYTEST_OPTIONS))

conformance: preparer ## Fait juger les actes produits (Word, PDF/A, PDF/UA, Excel) par des outils tiers
	@bash tests/conformance/installer.sh
	@$(BIN)/pytest -q -o addopts= -o python_functions=test_ -W default tests/conformance
	@actes=$$(mktemp -d); trap 'rm -rf "$$actes"' EXIT; \
	$(BIN)/caqes generer --tous --sortie "$$actes"; \
	$(BIN)/caqes generer $(JUGES) $(EVALUATION) --type decision_definitive --type autoevaluation --sortie "$$actes"; \
	$(BIN)/caqes generer --tous --formats pdf --moteur weasyprint --sortie "$$actes/weasyprint"; \
	$(BIN)/caqes generer $(JUGES) $(EVALUATION) --formats pdf --moteur weasyprint --sortie "$$actes/weasyprint"; \
	$(BIN)/caqes consolider --annee $(ANNEE) --sortie "$$actes"; \
	$(BIN)/caqes generer 2A9780012 --annee $(ANNEE) $(COURRIERS) --type information_semestrielle --sortie "$$actes"; \
	$(BIN)/caqes generer 990780033 --annee $(ANNEE) $(COURRIERS) --sortie "$$actes"; \
	$(BIN)/caqes generer 990780116 --annee $(ANNEE) --type renonciation --type fiche_donnees --sortie "$$actes"; \
	$(BIN)/caqes generer 2A9780012 --annee $(ANNEE) --type convocation_audition_rapport --type compte_rendu_audition_rapport --sortie "$$actes"; \
	$(BIN)/caqes generer 990780157 $(PROPOSITIONS) --sortie "$$actes"; \
	$(BIN)/caqes generer --tous --type diagnostic_socle --type releve_rencontres --type information_regulation --type information_cpam --type demande_instance --type invitation_reunion --sortie "$$actes"; \
	$(BIN)/caqes consolider --annee $(ANNEE) --type etat_des_lieux --sortie "$$actes"; \
	$(BIN)/caqes consolider --annee $(ANNEE) --type synthese_iraps --sortie "$$actes"; \
	$(BIN)/caqes evaluer --xlsx "$$actes/evaluations.xlsx"; \
	$(BIN)/caqes simuler $(SIMULATION) --sortie "$$actes"; \
	$(BIN)/python tests/conformance/conformance.py "$$actes" $(if $(filter true,$(CI)),--exiger)

bench: preparer ## Mesure les temps de production
	@$(BIN)/python tests/bench/bench.py

# Outside `make test`: minutes to an hour. OPTIONS='--echantillon 150', or names of modules.
mutation: preparer ## Change le droit ligne à ligne et dit quels changements aucun test ne remarque
	@nice $(BIN)/python -m tests.mutation $(OPTIONS)

verrouiller: ## Recalcule les verrous (requirements*.lock) d'après pyproject.toml ; demande uv
	@command -v $(UV) >/dev/null || { echo "uv est introuvable : .venv/bin/pip install uv" >&2; exit 69; }
	@$(VERROUILLER) pyproject.toml --output-file requirements.lock
	@$(VERROUILLER) pyproject.toml --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	@for version in $(PYTHONS); do $(WINDOWS) --python-version $$version -r requirements.lock; done

propre: ## Efface caches et constructions (garde .venv, output/ et les données)
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -path ./.venv -prune -o \( -name __pycache__ -o -name '*.egg-info' \) -prune -exec rm -rf {} +
