#!/usr/bin/env bash
# Installs the servers that the tests of the examples' clients run against, and the browser that the
# dashboards are tested in, where they are missing. Tells what is missing where it cannot.
set -euo pipefail

program() { # program PACKAGE: what it installs
  if [[ $1 = chromium-driver ]]; then echo chromedriver; else echo "$1"; fi
}

packages=()
for package in docker-registry prometheus chromium chromium-driver; do
  command -v "$(program "$package")" >/dev/null || packages+=("$package")
done
if ((${#packages[@]} == 0)); then
  exit
fi
if command -v apt-get >/dev/null && [[ $(id -u) = 0 ]]; then
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"; } >/dev/null 2>&1 || true
fi
for package in "${packages[@]}"; do
  if ! command -v "$(program "$package")" >/dev/null; then
    echo "MISSING: the tests take the program $(program "$package") of Debian's package $package; install it as root" >&2
    missing=yes
  fi
done
[[ -z ${missing:-} ]]
