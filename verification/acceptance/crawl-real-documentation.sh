#!/usr/bin/env bash
# Crawls documentation that others wrote, served by a real nginx on loopback, and compares the set of
# pages with an independent walk of the same links by GNU Wget.
#
# Takes Debian's nginx-light, wget and postgresql-doc-15; installs what is missing where it can.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

packages=(nginx-light wget postgresql-doc-15)
root=/usr/share/doc/postgresql-doc-15/html
missing() { ! command -v nginx >/dev/null || ! command -v wget >/dev/null || [[ ! -e $root/index.html ]]; }

if missing && command -v apt-get >/dev/null && [[ $(id -u) = 0 ]]; then
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${packages[@]}"; } >/dev/null 2>&1 || true
fi
if missing; then
  echo "SKIPPED: the crawl of real documentation takes Debian's ${packages[*]}, which are not installed" >&2
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

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
chmod 755 "$work"
mkdir "$work/temp"
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
  server { listen 127.0.0.1:$port; root $root; index index.html; }
}
CONF
nginx -c "$work/nginx.conf" &
nginx_pid=$!
site=http://127.0.0.1:$port/
for _ in $(seq 50); do
  wget -q --spider "$site" 2>/dev/null && break
  sleep 0.1
done

./touchstone crawl "$site" --out "$work/pages.jsonl" --allow-private --delay 0 --concurrency 8
sed -n 's/^{"url":"\([^"]*\)","kind":"page".*/\1/p' "$work/pages.jsonl" | sort -u >"$work/ours"

# Wget exits with 8 where it met a dead link; its log has one line for each address that it fetched.
(cd "$work" && wget -nv -r -l inf -P wget -o wget.log "$site") || [[ $? = 8 ]]
sed -n 's/.* URL:\(http[^ ]*\) \[.*-> "[^"]*\.html".*/\1/p' "$work/wget.log" | sort -u >"$work/theirs"

printf 'touchstone: %s pages; wget: %s pages\n' "$(wc -l <"$work/ours")" "$(wc -l <"$work/theirs")"
if ! diff "$work/theirs" "$work/ours"; then
  echo "0 passed, 1 failed"
  exit 1
fi
[[ $(wc -l <"$work/ours") -ge 1000 ]]
echo "1 passed, 0 failed"
