#!/usr/bin/env bash
# Crawls documentation that others wrote, served by a real nginx on loopback. The set of pages must be
# the one that GNU Wget reaches; the archive must pass the validator of jwarc, which must reject copies of it
# that are broken; a refresh must find that nothing has changed.
#
# crawl-real-documentation.sh [PACKAGE...|all]
#   PACKAGE is one of postgresql-doc-15 (the default; 1,170 pages), python3-doc (527), openjdk-17-doc (10,137).
#
# Takes Debian's nginx-light and wget; installs what is missing where it can.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

folder_of() { # the pages of a package
  case $1 in
    postgresql-doc-15) echo /usr/share/doc/postgresql-doc-15/html ;;
    python3-doc) echo /usr/share/doc/python3-doc/html ;;
    openjdk-17-doc) echo /usr/share/doc/openjdk-17-jre-headless/api ;;
    *)
      echo "PACKAGE must be postgresql-doc-15, python3-doc, openjdk-17-doc or all, was '$1'" >&2
      return 2
      ;;
  esac
}

packages=("${@:-postgresql-doc-15}")
[[ ${packages[*]} != all ]] || packages=(postgresql-doc-15 python3-doc openjdk-17-doc)
roots=()
for package in "${packages[@]}"; do
  roots+=("$(folder_of "$package")")
done

missing() {
  local root
  for root in "${roots[@]}"; do
    [[ -e $root/index.html ]] || return 0
  done
  ! command -v nginx >/dev/null || ! command -v wget >/dev/null
}
if missing && command -v apt-get >/dev/null && [[ $(id -u) = 0 ]]; then
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light wget "${packages[@]}"; } >/dev/null 2>&1 || true
fi
if missing; then
  echo "SKIPPED: the crawl of real documentation takes Debian's nginx-light wget ${packages[*]}, which are not installed" >&2
  [[ ${CI:-} != true ]]
  exit
fi

work=$(mktemp -d)
nginx_pid=
finish() {
  [[ -z $nginx_pid ]] || { kill "$nginx_pid" && wait "$nginx_pid"; } 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

serve() { # serves a folder until the next call; sets site
  [[ -z $nginx_pid ]] || { kill "$nginx_pid" && wait "$nginx_pid"; } 2>/dev/null || true
  local port
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  cat >"$work/nginx.conf" <<CONF
daemon off;
pid $work/nginx.pid;
error_log $work/error.log;
events {}
http {
  access_log off;
  types { text/html html; text/css css; image/svg+xml svg; image/png png; }
  default_type application/octet-stream;
  client_body_temp_path $work/temp;
  proxy_temp_path $work/temp;
  fastcgi_temp_path $work/temp;
  uwsgi_temp_path $work/temp;
  scgi_temp_path $work/temp;
  server { listen 127.0.0.1:$port; root $1; index index.html; }
}
CONF
  nginx -c "$work/nginx.conf" &
  nginx_pid=$!
  site=http://127.0.0.1:$port/
  for _ in $(seq 50); do
    wget -q --spider "$site" 2>/dev/null && break
    sleep 0.1
  done
}

crawl() { # crawls the site; the pages go to ours, the archive to site.warc.gz
  cat >"$work/site.yaml" <<YAML
seeds: ['$site']
concurrency: 8
politeness: {floor: 0, perHost: 8}
reach: anywhere
out: [{jsonl: pages.jsonl}, {warc: site.warc.gz, cdx: true}]
YAML
  ./touchstone crawl run "$work/site.yaml"
  sed -n 's/^{"url":"\([^"]*\)","kind":"page".*/\1/p' "$work/pages.jsonl" | sort -u >"$work/ours"
}

walk() { # the same by Wget; the pages go to theirs
  # It exits with 8 where it met a dead link; its log has one line for each address that it fetched.
  (cd "$work" && wget -nv -r -l inf -P wget -o wget.log "$site") || [[ $? = 8 ]]
  sed -n 's/.* URL:\(http[^ ]*\) \[.*-> "[^"]*\.html".*/\1/p' "$work/wget.log" | sort -u >"$work/theirs"
}

is_valid() { # what the validator of jwarc says of an archive
  java -cp "$(echo examples/target/dist/jwarc-*.jar)" org.netpreserve.jwarc.tools.WarcTool validate "$1" >"$work/detail" 2>&1
}

passed=0 failed=0
check() { # check WHAT COMMAND...: the command must succeed
  local what=$1
  shift
  if "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED: $what" >&2
    tail -3 "$work/detail" >&2 2>/dev/null || true
  fi
}
rejects() { ! is_valid "$1"; }

check_archive() {
  local archive=$work/site.warc.gz size
  size=$(stat -c %s "$archive")
  check "jwarc takes the archive" is_valid "$archive"
  head -c $((size - 100)) "$archive" >"$work/short.warc.gz"
  check "jwarc rejects an archive without its end" rejects "$work/short.warc.gz"
  gunzip -c "$archive" | sed 's/^\(WARC-Payload-Digest: sha1:\)....../\1AAAAAA/' >"$work/other.warc"
  check "jwarc rejects an archive whose digests are wrong" rejects "$work/other.warc"
}

is_up_to_date() { # asks for everything again; nothing may be written but that dead links are still dead
  local lines size
  lines=$(wc -l <"$work/pages.jsonl")
  size=$(stat -c %s "$work/site.warc.gz")
  ./touchstone crawl resume "$work/site.yaml.crawl" --refresh --json >"$work/detail"
  tail -n +$((lines + 1)) "$work/pages.jsonl" >"$work/again"
  ! grep -v '"kind":"refused"' "$work/again" >>"$work/detail" || return
  [[ $size = "$(stat -c %s "$work/site.warc.gz")" ]] || return
  python3 -c 'import json, sys
figures, again = json.load(sys.stdin), int(sys.argv[1])
sys.exit(figures["unchanged"] != figures["pages"] + figures["other"] or figures["refused"] != again)' \
    "$(wc -l <"$work/again")" <"$work/detail"
}

chmod 755 "$work"
mkdir "$work/temp"
for root in "${roots[@]}"; do
  serve "$(readlink -f "$root")"
  crawl
  walk
  printf '%s: touchstone: %s pages; wget: %s pages\n' "$root" "$(wc -l <"$work/ours")" "$(wc -l <"$work/theirs")"
  check "the pages of $root are those that Wget reaches" diff "$work/theirs" "$work/ours"
  check "there are at least 400 of them" test "$(wc -l <"$work/ours")" -ge 400
  check_archive
  check "a refresh finds everything as it is" is_up_to_date
  rm -rf "$work/wget" "$work"/site.* "$work/pages.jsonl"
done
echo "$passed passed, $failed failed"
((failed == 0))
