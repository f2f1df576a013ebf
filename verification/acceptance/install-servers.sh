#!/usr/bin/env bash
# Installs the servers that the tests of the examples' clients run against, where they are missing.
# Tells what is missing where it cannot.
set -euo pipefail

packages=()
for package in docker-registry prometheus; do
  command -v "$package" >/dev/null || packages+=("$package")
done
if ((${#packages[@]} == 0)); then
  exit
fi
if command -v apt-get >/dev/null && [[ $(id -u) = 0 ]]; then
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"; } >/dev/null 2>&1 || true
fi
for package in "${packages[@]}"; do
  if ! command -v "$package" >/dev/null; then
    echo "MISSING: the tests of real servers take the program $package, of Debian's package of that name; install it as root" >&2
    missing=yes
  fi
done
[[ -z ${missing:-} ]]
