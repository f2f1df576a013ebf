#!/usr/bin/env bash
# Builds the committed sources twice, in two folders, time zones and languages, and compares the checksums of every jar
# (classes, sources, Javadoc, plugins) and of the bills of materials. Run by hand; takes minutes. Its arguments are
# handed on to Maven.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

umask 022 # jars of sources and of Javadoc keep the modes of files

build() { # build FOLDER ARGUMENTS...: clones and builds there, and lists checksums of what a release consists of
  local folder=$work/$1
  shift
  (
    git clone -q . "$folder"
    cd "$folder"
    mvn -q -B -ntp -Prelease -Dmaven.test.skip=true -pl concurrency,apiclient,patterns,examples package "$@" >&2
    find . -path '*/target/*' \( -name '*.jar' -o -name bom.json -o -name bom.xml \) -print0 | xargs -0 sha256sum | sort -k 2
  )
}

TZ=UTC LC_ALL=C build first "$@" >"$work/first.sums"
# In Turkish the lower case of I is not i.
TZ=Asia/Kathmandu LC_ALL=C.UTF-8 MAVEN_OPTS="${MAVEN_OPTS:-} -Duser.language=tr -Duser.country=TR" \
  build second/elsewhere "$@" >"$work/second.sums"

if [[ $(wc -l <"$work/first.sums") -lt 10 ]]; then
  printf 'expected at least ten jars, found:\n%s\n' "$(<"$work/first.sums")" >&2
  exit 1
fi
if ! diff "$work/first.sums" "$work/second.sums" >"$work/different"; then
  printf 'these are not the same in both builds (< in the first, > in the second):\n%s\n' "$(<"$work/different")" >&2
  exit 1
fi
printf '%s files are the same in both builds:\n' "$(wc -l <"$work/first.sums")"
cat "$work/first.sums"
