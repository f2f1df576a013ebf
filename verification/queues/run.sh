#!/bin/sh
# Compares the task queue with its peers on a PostgreSQL of its own that flushes to the disk, started here
# and removed at the end. Takes about eight minutes. Arguments are handed on: see Comparison.
set -eu
cd "$(dirname "$0")/../.."

bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
folder=$(mktemp -d "${TMPDIR:-/tmp}/touchstone-queues.XXXXXX")
as=
if [ "$(id -u)" = 0 ]; then
  as="runuser -u postgres --"
  chown postgres "$folder"
fi
stop() {
  $as "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop > /dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
(cd / && $as "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C > "$folder.log" 2>&1) \
  || { cat "$folder.log" >&2; exit 1; }
rm -f "$folder.log"
(cd / && $as "$bin/pg_ctl" -D "$folder/data" -w -t 60 -l "$folder/data/log" \
  -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c max_connections=100" start > /dev/null)

mvn -q ${MAVEN_ARGS:-} -Pqueues -pl verification/queues -am compile exec:exec@compare \
  -Dqueues.args="jdbc:postgresql://127.0.0.1:$port/postgres?user=postgres $*"
