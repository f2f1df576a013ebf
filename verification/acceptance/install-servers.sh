#!/usr/bin/env bash
# Installs the servers that the tests of the examples run against, and the browser that the dashboards
# are tested in, where they are missing. Tells what is missing where it cannot.
set -euo pipefail
issuer=$(dirname "${BASH_SOURCE[0]}")/../../examples/src/test/issuer

is_there() { # is_there PACKAGE: whether what it installs is here
  case $1 in
    chromium-driver) command -v chromedriver ;;
    nodejs) command -v node ;;
    postgresql-15) compgen -G '/usr/lib/postgresql/*/bin/initdb' ;; # not on PATH
    *) command -v "$1" ;;
  esac >/dev/null
}

packages=()
for package in docker-registry prometheus postgresql-15 nginx haproxy strace chromium chromium-driver nodejs npm; do
  is_there "$package" || packages+=("$package")
done
if ((${#packages[@]} > 0)) && command -v apt-get >/dev/null && [[ $(id -u) = 0 ]]; then
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"; } >/dev/null 2>&1 || true
fi
for package in "${packages[@]}"; do
  if ! is_there "$package"; then
    echo "MISSING: the tests of real servers and pages take Debian's package $package; install it as root" >&2
    missing=yes
  fi
done
if [[ ! -d $issuer/node_modules ]] && ! (cd "$issuer" && npm ci --ignore-scripts --no-audit --no-fund >/dev/null 2>&1); then
  echo "MISSING: the test of tokens takes what 'npm ci' installs in $issuer" >&2
  missing=yes
fi
[[ -z ${missing:-} ]]
