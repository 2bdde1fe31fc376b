#!/usr/bin/env bash
# Sets up whatever this checkout lacks: .venv, the locked libraries, the system libraries of WeasyPrint.
# Does nothing, in a fraction of a second, when everything is there. Messages are for users: French.
#
#   PYTHON=/path/to/python3.12   the Python to build .venv with
#   CAQES_SANS_APT=1             never call apt-get
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
racine=$PWD
venv=$racine/.venv
lock=requirements-dev.lock
journal=$(mktemp)
trap 'rm -f "$journal"' EXIT

dire() { printf '→ %s\n' "$*" >&2; }

abandonner() {
  tail -n 15 "$journal" >&2
  printf '✗ %s\n' "$*" >&2
  exit 69
}

# --- Python -------------------------------------------------------------------------------------

est_recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

trouver_python() {
  local nom
  for nom in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    if command -v "$nom" >/dev/null && est_recent "$nom"; then
      command -v "$nom"
      return
    fi
  done
  abandonner "Python 3.11 ou plus récent est introuvable (${PYTHON:-python3} : $(
    "${PYTHON:-python3}" --version 2>/dev/null || echo absent
  )). Installez-le (sur Debian 12 : « apt-get install python3 python3-venv »), ou indiquez où il se" \
    "trouve : « make demo PYTHON=/chemin/vers/python3.11 »."
}

# --- apt-get ------------------------------------------------------------------------------------

en_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

apt_permis() {
  [ -z "${CAQES_SANS_APT:-}" ] && command -v apt-get >/dev/null && en_root true 2>/dev/null
}

apt_actualiser() {
  en_root apt-get -qq -o DPkg::Lock::Timeout=120 update </dev/null >>"$journal" 2>&1
}

apt_installer() {
  en_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=120 \
    install --no-install-recommends "$@" </dev/null >>"$journal" 2>&1
}

# --- .venv --------------------------------------------------------------------------------------

# Complete, of a recent Python that is still the one it was built with, neither moved nor copied.
venv_valable() {
  [ -x "$venv/bin/python" ] && est_recent "$venv/bin/python" &&
    grep -qF "$venv" "$venv/bin/activate" 2>/dev/null &&
    {
      { [ -e "$venv/.installe-$lock" ] && "$venv/bin/python" -c "import click" 2>/dev/null; } ||
        "$venv/bin/python" -m pip --version >/dev/null 2>&1
    }
}

# Debian keeps ensurepip in a package of its own: without it, pip comes from the index, at a fixed
# version whose fingerprint is checked.
amorcer_pip() {
  "$venv/bin/python" - <<'PY'
import hashlib, os, pathlib, re, subprocess, sys, tempfile
from urllib.parse import urljoin
from urllib.request import urlopen

NOM = "pip-26.3-py3-none-any.whl"
EMPREINTE = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/") + "/pip/"
with urlopen(index, timeout=60) as reponse:
    adresse = re.search(f'href="([^"#]*{re.escape(NOM)})["#]', reponse.read().decode())
with urlopen(urljoin(index, adresse[1]), timeout=60) as reponse:
    octets = reponse.read()
if hashlib.sha256(octets).hexdigest() != EMPREINTE:
    sys.exit(f"{NOM}: empreinte inattendue")
with tempfile.TemporaryDirectory() as dossier:
    roue = pathlib.Path(dossier, NOM)
    roue.write_bytes(octets)
    pip = [sys.executable, f"{roue}/pip", "install", "-q", "--no-index", "--no-deps", str(roue)]
    sys.exit(subprocess.run(pip).returncode)
PY
}

creer_venv() {
  local python
  python=$(trouver_python)
  dire "Création de l'environnement Python (.venv, $("$python" --version))…"
  rm -rf "$venv"
  "$python" -m venv "$venv" >>"$journal" 2>&1 && return
  rm -rf "$venv"
  "$python" -m virtualenv -q "$venv" >>"$journal" 2>&1 && return
  if apt_permis; then
    dire "Installation de python3-venv…"
    apt_actualiser && apt_installer python3-venv &&
      rm -rf "$venv" && "$python" -m venv "$venv" >>"$journal" 2>&1 && return
  fi
  rm -rf "$venv"
  "$python" -m venv --without-pip "$venv" >>"$journal" 2>&1 && amorcer_pip >>"$journal" 2>&1 && return
  rm -rf "$venv"
  abandonner "L'environnement Python ne peut pas être créé : installez le module venv (sur Debian :" \
    "« sudo apt-get install python3-venv »), puis relancez."
}

# --- libraries ----------------------------------------------------------------------------------

installer() {
  "$venv/bin/python" -m pip install -q --disable-pip-version-check --no-input "$@" >>"$journal" 2>&1
}

# What was installed is what is asked for: a copy of the file is kept in .venv, and compared.
est_installe() { cmp -s "$1" "$venv/.installe-$1"; }
noter_installe() { cp "$1" "$venv/.installe-$1"; }

installer_bibliotheques() {
  est_installe "$lock" && return
  dire "Installation des bibliothèques Python, aux versions et empreintes de $lock (une minute environ)…"
  installer --require-hashes -r "$lock" ||
    abandonner "Les bibliothèques n'ont pas pu être installées : vérifiez l'accès à Internet (ou à" \
      "votre miroir PyPI), puis relancez."
  noter_installe "$lock"
}

installer_produit() {
  est_installe pyproject.toml && [ -x "$venv/bin/caqes" ] && return
  installer --no-deps --no-build-isolation -e . ||
    abandonner "La commande caqes n'a pas pu être installée dans .venv."
  noter_installe pyproject.toml
}

# --- system libraries of WeasyPrint ---------------------------------------------------------------

paquets_manquants() {
  "$venv/bin/python" -I - <<'PY'
import ctypes

BIBLIOTHEQUES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def absente(bibliotheque):
    try:
        ctypes.CDLL(bibliotheque)
    except OSError:
        return True
    return False


print(*(paquet for nom, paquet in BIBLIOTHEQUES.items() if absente(nom)))
PY
}

installer_systeme() {
  local manquants
  [ "$(uname -s)" = Linux ] || return 0
  manquants=$(paquets_manquants)
  [ -n "$manquants" ] || return 0
  if apt_permis; then
    dire "Installation de Pango, pour le moteur WeasyPrint ($manquants)…"
    # shellcheck disable=SC2086 # one word per package
    if apt_actualiser && apt_installer $manquants; then return; fi
  fi
  dire "Le moteur WeasyPrint des PDF n'a pas Pango : on continue avec typst ; pour l'obtenir, lancez" \
    "« sudo apt-get install $manquants » (ou l'équivalent sur ce système)," \
    "puis recommencez."
}

venv_valable || creer_venv
installer_bibliotheques
installer_produit
installer_systeme
