#!/usr/bin/env bash
# Runs ./touchstone as a user would and looks at what it prints, writes and returns.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

checks=0
failures=0
check() { # check DESCRIPTION COMMAND...: the command must succeed
  checks=$((checks + 1))
  if ! "${@:2}"; then
    failures=$((failures + 1))
    printf 'FAILED: %s\n' "$1" >&2
  fi
}

run() { # run STATUS ARGUMENTS...: runs ./touchstone, keeps what it prints, checks its exit status
  local expected=$1 actual=0
  shift
  ./touchstone "$@" >"$work/out" 2>"$work/err" </dev/null || actual=$?
  check "'touchstone $*' exits with $expected, not $actual: $(cat "$work/err")" test "$actual" = "$expected"
}

attempt_all() { # runs each line of stdin as the arguments of ./touchstone, two at a time, into $work/N.out, .err, .status
  nl -v 0 -w 1 -s ' ' | xargs -P 2 -L 1 sh -c \
    'out=$0/$1; shift; ./touchstone "$@" >"$out.out" 2>"$out.err" </dev/null; echo $? >"$out.status"' "$work"
}

json() { # json FILE EXPRESSION: evaluates a Python expression over the JSON object j
  python3 -c 'import json,sys; j=json.load(open(sys.argv[1])); sys.exit(0 if eval(sys.argv[2]) else 1)' "$1" "$2"
}

run 0 --version
check "the version is told" grep -q '^touchstone 0\.' "$work/out"
run 0 --help
check "help names the exit statuses" grep -q 'Exit status' "$work/out"
run 2
check "without a command, the usage" grep -q '^Usage: touchstone' "$work/err"

run 0 tour --out "$work/tour"
check "the tour tells its pages" grep -qE '[0-9]{3} pages' "$work/out"
check "the tour writes pages" test "$(grep -c '"kind":"page"' "$work/tour/pages.jsonl")" -ge 400
check "the tour writes assays" test "$(wc -l <"$work/tour/assays.jsonl")" -ge 100
run 0 tour --json --out "$work/tour-json"
check "with --json, stdout is one JSON object" json "$work/out" 'j["crawl"]["pages"] >= 400 and j["crawl"]["failed"] == 0'
check "robots.txt was obeyed" json "$work/out" 'j["crawl"]["excluded"] == 20'

run 0 example list
mapfile -t lessons < <(cut -d ' ' -f 1 "$work/out")
run 0 example "${lessons[0]}" --source
check "the source of ${lessons[0]} is Java" grep -q '^package dev.touchstone.examples.basics;' "$work/out"
attempt_all < <(printf 'example %s\n' "${lessons[@]}")
for ((i = 0; i < ${#lessons[@]}; i++)); do
  check "lesson ${lessons[i]} exits with 0: $(cat "$work/$i.err")" test "$(cat "$work/$i.status")" = 0
  check "lesson ${lessons[i]} prints something" test -s "$work/$i.out"
done

cat >"$work/site.yaml" <<'YAML'
seeds: [https://a.example/]
items: {book: {fields: {title: {css: h1, required: true}, price: {css: .price, type: decimal}}}}
out: [{jsonl: books.jsonl}]
tests: [{page: book.html, url: https://a.example/1, expect: [{item: book, title: Sapiens, price: 51.77}]}]
YAML
echo '<h1>Sapiens</h1><p class=price>£51.77' >"$work/book.html"
sed 's/css: h1/cs: h1/' "$work/site.yaml" >"$work/wrong.yaml"
run 0 crawl test "$work/site.yaml"
check "the definition is tested" grep -q '1 of 1 pages are as expected' "$work/out"
run 0 crawl extract "$work/site.yaml" "$work/book.html" --json
check "the item is extracted" json "$work/out" 'j["items"][0]["values"] == {"title": "Sapiens", "price": 51.77}'
pages=$work/tour/pages.crawl
run 0 crawl export "$pages"
check "the addresses are exported" grep -q '^url,outcome,' "$work/out"
queue="--store $work/queue.db"
# shellcheck disable=SC2086 # the words of $queue are arguments
{
  run 0 queue enqueue $queue program.run "{\"command\":[\"touch\",\"$work/touched\"]}"
  check "enqueue prints the number of the job" grep -qx 1 "$work/out"
  run 0 queue enqueue $queue program.run '{"command":["sh","-c","echo broken; exit 65"]}'
  run 0 queue work $queue --drain --json
  check "a job is done, and one is dead" json "$work/out" 'j["succeeded"] == 1 and j["buried"] == 1'
  check "the program has run" test -f "$work/touched"
  run 0 queue dead $queue
  check "the dead letter says why" grep -q 'sh ended with status 65: broken' "$work/out"
  run 0 queue dead $queue --redrive
  run 0 queue jobs $queue --status READY --json
  check "it is a job again" json "$work/out" 'j[0]["redriven"] == 2'
  run 0 queue queues $queue --json
  check "the queue has one" json "$work/out" 'j[0]["ready"] == 1'
  run 1 queue doctor $queue
  check "no worker is there" grep -q "no worker is there" "$work/out"
  run 0 queue cron '30 2 * * *' --zone Europe/Berlin -n 1 --after 2026-03-28T12:00:00Z
  check "a time that is left out fires after the gap" grep -qx '2026-03-29T03:00+02:00\[Europe/Berlin\]' "$work/out"
  run 0 queue schema sqlite
  check "the schema is printed" grep -q 'CREATE TABLE tq_job' "$work/out"
  run 0 queue bench --store "$work/bench.db" --jobs 2000 --json
  check "the bench measures" json "$work/out" 'j["donePerSecond"] > 0'
  run 0 queue torture --store "$work/torture.db" --jobs 100 --kills 1 --json
  check "nothing is lost when workers are killed" json "$work/out" 'j["lost"] == 0 and j["unexplained"] == 0 and j["overlapping"] == 0'
}

export TOUCHSTONE_HOME=$work/home
printf 'name,price\nRuby,900\nQuartz,3\n' >"$work/minerals.csv"
cat >"$work/dear.yaml" <<'YAML'
source: minerals.csv
transforms: [{filter: {field: price, above: 100}}]
sink: {report: {file: dear.html, chart: {label: name, value: price}}}
YAML
run 0 plugins run "$work/dear.yaml" --json
check "the recipe has run" json "$work/out" 'j["read"] == 2 and j["written"] == 1'
check "the report is written" grep -q '<td>Ruby</td>' "$work/dear.html"
run 0 plugins peek "$work/minerals.csv"
check "a plugin adds a verb" grep -qx '{name=Ruby, price=900}' "$work/out"
run 0 plugins doctor
check "the jars come with the program" grep -q '13 plugins are at work' "$work/out"

shop=docs/gateway-shop.yaml
run 0 gateway check $shop
check "the definition that is shipped is fine" grep -q 'is fine: 4 backends, 3 routes' "$work/out"
run 0 gateway explain $shop GET /users/7/home
check "the plan of a request is told" grep -q 'user: GET users/7, required' "$work/out"
run 0 gateway openapi $shop
check "the routes are described" json "$work/out" 'j["openapi"] == "3.1.1" and len(j["paths"]) == 3'
sed 's/get: "products/get: "product/' $shop >"$work/gateway.yaml"

mapfile -t wrong <<LINES
gateway check $work/gateway.yaml
gateway run $work/none.yaml
gateway run $shop --dashboard=65536
gateway explain $shop GET /nowhere
plugins run $work/nothing.yaml
nonsense
queue jobs --store $work/none.db
queue enqueue --store $work/none.db mail {to
queue enqueue --store /proc/nowhere/queue.db mail {}
queue enqueue --store postgres://localhost/app mail {}
queue work --store $work/none.db --queues mail
queue cron x
tour --nonsense
tour --out /proc/nowhere
crawl
crawl http://127.0.0.1:1/
crawl http://127.0.0.1:1/ --out $work/a.jsonl
crawl http://127.0.0.1:1/ --out $work/h.jsonl --allow-private
crawl http://127.0.0.1:1/ --out $work/i.jsonl --delay soon
crawl resume
crawl dashboard
crawl dashboard $work/nothing
crawl dashboard $work --port 65536
crawl http://127.0.0.1:1/ --out $work/j.jsonl --dashboard=65536
crawl http://127.0.0.1:1/ --out $work/k.jsonl --dashboard=some
crawl resume $work/nothing
crawl test $work/wrong.yaml
crawl test $work/nothing.yaml
crawl extract $work/site.yaml $work/nothing.html
crawl export $work/nothing
crawl export $pages --item book
crawl why $work/nothing http://a.example/
crawl fetch http://127.0.0.1:1/
crawl fetch nowhere
crawl robots http://127.0.0.1:1/ --allow-private
crawl http://no-such-host.invalid/ --out $work/b.jsonl
crawl not-an-address --out $work/c.jsonl
crawl ftp://127.0.0.1/ --out $work/d.jsonl
crawl http://127.0.0.1:1/ --out /proc/nowhere/e.jsonl
crawl http://127.0.0.1:1/ --out $work
crawl http://127.0.0.1:1/ --out $work/f.jsonl --concurrency 0
crawl http://127.0.0.1:1/ --out $work/g.jsonl --max-pages many
example nonsense
LINES
attempt_all < <(printf '%s\n' "${wrong[@]}")
for ((i = 0; i < ${#wrong[@]}; i++)); do
  status=$(cat "$work/$i.status")
  check "'touchstone ${wrong[i]}' fails with 1 or 2, not $status" test "$status" = 1 -o "$status" = 2
  # a crawl may say before its end that it waits for a host
  check "one line on stderr, was: $(cat "$work/$i.err")" test "$(grep -vc " is left alone for " "$work/$i.err")" = 1
  check "it begins with 'touchstone: '" sh -c "tail -n 1 $work/$i.err | grep -q '^touchstone: '"
  check "nothing on stdout" test ! -s "$work/$i.out"
done

printf '%d passed, %d failed\n' $((checks - failures)) "$failures"
test "$failures" = 0
