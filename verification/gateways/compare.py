#!/usr/bin/env python3
"""Measures what a request through a gateway costs: ours, Spring Cloud Gateway's (on WebFlux and on WebMVC) and nginx's.

All stand before the same backend, an nginx that answers 1 KB of JSON over connections that are kept, and run one
after the other, each as a process of its own with the options that people start it with. Each round starts each of
them anew, so that a busy moment meets all of them; the figures are the medians of the rounds. What counts is

* the processor time (user and system) of the gateway's process, by request: while as many requests are sent as it can
  answer, over 32 connections; and at half of that rate
* how much longer than without a gateway half of the requests and 99 % of them take, at half of that rate, sent at
  a constant rate and timed from the moment that they are due
* the time from the start of the process to the first answer, and its memory (its share of pages that it shares) after
  the load
* the same processor time for an answer that is merged of three calls made at once: of ours, and of a controller
  written by hand beside Spring Cloud Gateway

compare.py [--rounds N] [--requests N] [--seconds N] [--only NAME,NAME]; a name is the last word of one in the table

Takes Debian's nginx-light and nghttp2-client (h2load), a JDK 25 and Maven. Three rounds take about eight minutes.
"""

import argparse
import contextlib
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import steady

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CONNECTIONS = 32
WARM_UP = 3  # times as many requests as are measured
MOST_STEADY = 6_000  # requests per second: with more this script would be what is measured
LONGEST_START = 60
MAVEN_OPTIONS = "--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"  # else a JDK 25 warns
TICKS = os.sysconf("SC_CLK_TCK")

ITEM = json.dumps({"id": 1, "name": "agate", "tags": ["blue", "banded"], "text": "lorem ipsum " * 80})
PARTS = {"user": "users", "orders": "orders", "team": "teams"}  # of HOME, and where the backend has them
HOME = {
    "user": {"id": 7, "name": "Ada", "teamId": 3, "mail": "ada@example.org", "since": "2019-04-01"},
    "orders": [{"id": n, "productId": 40 + n, "price": 12.50, "state": "sent"} for n in range(5)],
    "team": {"id": 3, "name": "Engines", "lead": 9, "members": [7, 9, 11, 13]},
}


class Touchstone:
    name = "touchstone"
    aggregates = True

    def prepare(self):
        subprocess.run([ROOT / "touchstone", "--version"], check=True, stdout=subprocess.DEVNULL)

    def command(self, port, backend, folder):
        calls = "".join(
            f"      {name}: {{get: 'backend/{path}/{{id}}', into: {name}}}\n" for name, path in PARTS.items()
        )
        (folder / "gateway.yaml").write_text(
            f"listen: {port}\n"
            "admin: 127.0.0.1:0\n"
            f"backends: {{backend: {{url: '{backend}'}}}}\n"
            "routes:\n"
            "  GET /items/{path*}: {proxy: backend/items, limit: {per: address, 10000000: 1s}}\n"
            f"  GET /home/{{id}}:\n    calls:\n{calls}"
        )
        return [ROOT / "touchstone", "gateway", "run", "gateway.yaml"]


class Spring:
    def __init__(self, name, module, main, aggregates):
        self.name, self.module, self.main, self.aggregates = name, HERE / module, main, aggregates

    def prepare(self):
        maven = ["mvn", "-q", "-B", "-ntp", "-f", self.module / "pom.xml"]
        self.classpath = self.module / "target/classpath"
        subprocess.run(
            [*maven, "compile", "dependency:build-classpath", f"-Dmdep.outputFile={self.classpath}"],
            check=True,
            env=os.environ | {"JAVA_HOME": str(jdk()), "MAVEN_OPTS": MAVEN_OPTIONS},
        )

    def command(self, port, backend, folder):
        classpath = f"{self.module}/target/classes:" + self.classpath.read_text().strip()
        return [jdk() / "bin/java", "-cp", classpath, f"dev.touchstone.gateways.{self.main}",
                f"--server.port={port}", f"--backend={backend}"]  # fmt: skip


class Nginx:
    name = "nginx"
    aggregates = False

    def prepare(self):
        subprocess.run(["nginx", "-v"], check=True, stderr=subprocess.DEVNULL)

    def command(self, port, backend, folder):
        upstream = backend.removeprefix("http://")
        return nginx(
            folder,
            "auto",
            f"upstream backend {{ server {upstream}; keepalive {CONNECTIONS}; keepalive_requests 100000000; }}\n"
            f"server {{ listen 127.0.0.1:{port}; location /items/ {{\n"
            '  proxy_pass http://backend; proxy_http_version 1.1; proxy_set_header Connection "";\n'
            "  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; } }\n",
        )


def nginx(folder, workers, servers):
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/temp;" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes {workers}; pid {folder}/nginx.pid; error_log {folder}/error.log;\n"
        "events { worker_connections 2048; }\n"
        f"http {{ access_log off; keepalive_requests 100000000; {temporary}\n{servers} }}\n"
    )
    return ["nginx", "-c", folder / "nginx.conf"]


def backend_command(port, folder):
    answers = {"/items/1": ITEM} | {f"/{path}/7": json.dumps(HOME[name]) for name, path in PARTS.items()}
    locations = "".join(
        f"location = {path} {{ default_type application/json; return 200 '{body}'; }}\n"
        for path, body in answers.items()
    )
    return nginx(folder, 1, f"server {{ listen 127.0.0.1:{port};\n{locations} }}\n")


def jdk():
    """The JDK that all run on; ./touchstone is told to."""
    for home in sorted(pathlib.Path("/usr/lib/jvm").glob("*")):
        release = home / "release"
        if release.exists() and 'JAVA_VERSION="25' in release.read_text():
            return home
    raise SystemExit("found no JDK 25 in /usr/lib/jvm: install one")


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextlib.contextmanager
def running(command, folder):
    """Runs a process until the end of the block, whatever ends it."""
    with open(folder / "log", "w") as log:
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=folder,
            stdout=log,
            stderr=log,
            env=os.environ | {"TOUCHSTONE_JAVA_HOME": str(jdk())},
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def get(port, path):
    """The body of the answer; None if nobody answers yet."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.read() if answer.status == 200 else None
    except OSError:
        return None
    finally:
        connection.close()


def await_answer(process, port, path, folder):
    """The body of the first answer."""
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and process.poll() is None:
        body = get(port, path)
        if body is not None:
            return body
        time.sleep(0.002)
    raise SystemExit(f"{process.args[0]} does not answer {path}:\n{(folder / 'log').read_text()[-2000:]}")


def family(pid):
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in family(child))]


def processor_seconds(process):
    ticks = 0
    for pid in family(process.pid):
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS


def megabytes(process):
    rollups = (pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in family(process.pid))
    return sum(int(re.search(r"^Pss: +(\d+)", rollup, re.M)[1]) for rollup in rollups) / 1024


def saturate(port, path, requests, body):
    """Sends requests as fast as they are answered, each with that body; returns how many were in a second."""
    address = f"http://127.0.0.1:{port}{path}"
    command = ["h2load", "--h1", "-t", "1", "-c", str(CONNECTIONS), "-n", str(requests), address]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    # It does not count statuses without a reason phrase, which Tomcat leaves out, so the bytes have to tell.
    if f" ({requests * len(body)}) data" not in said or "0 3xx, 0 4xx, 0 5xx" not in said:
        raise SystemExit(f"not every request to {path} was answered with {len(body)} bytes:\n{said}")
    return float(re.search(r", ([\d.]+) req/s", said)[1])


def cost(process, requests, load):
    """What a load costs the process, in microseconds per request, and what the load gave."""
    before = processor_seconds(process)
    result = load()
    return 1e6 * (processor_seconds(process) - before) / requests, result


def saturated_cost(process, port, path, requests, body):
    saturate(port, path, WARM_UP * requests, body)
    return cost(process, requests, lambda: saturate(port, path, requests, body))


def measure(gateway, backend, folder, options):
    port = free_port()
    began = time.monotonic()
    with running(gateway.command(port, f"http://127.0.0.1:{backend}", folder), folder) as process:
        body = await_answer(process, port, "/items/1", folder)
        figures = {"start": time.monotonic() - began}
        if body != ITEM.encode():
            raise SystemExit(f"{gateway.name} did not hand on the answer as it was, but: {body[:200]!r}")
        figures["cpu"], figures["rate"] = saturated_cost(process, port, "/items/1", options.requests, body)
        rate = min(figures["rate"] / 2, MOST_STEADY)
        direct = steady.latencies(backend, "/items/1", rate, options.seconds)
        steady.latencies(port, "/items/1", rate, options.seconds)  # code for more connections has to warm up too
        figures["cpu at half"], through = cost(
            process,
            int(rate * options.seconds),
            lambda: steady.latencies(port, "/items/1", rate, options.seconds),
        )
        for name, share in (("p50", 0.5), ("p99", 0.99)):
            figures[name] = 1000 * (steady.quantile(through, share) - steady.quantile(direct, share))
        figures["memory"] = megabytes(process)
        if gateway.aggregates:
            body = await_answer(process, port, "/home/7", folder)
            if json.loads(body) != HOME:
                raise SystemExit(f"{gateway.name} did not merge the three answers, but said {body[:200]!r}")
            figures["merged cpu"], figures["merged rate"] = saturated_cost(
                process, port, "/home/7", options.requests // 2, body
            )
        return figures


def print_tables(results):
    handed_on = {
        "CPU, us": ("cpu", "{:.0f}"),
        "CPU at half load, us": ("cpu at half", "{:.0f}"),
        "requests/s": ("rate", "{:,.0f}"),
        "p50 added, ms": ("p50", "{:.2f}"),
        "p99 added, ms": ("p99", "{:.2f}"),
        "start, s": ("start", "{:.2f}"),
        "memory, MB": ("memory", "{:,.0f}"),
    }
    merged = {"CPU, us": ("merged cpu", "{:.0f}"), "requests/s": ("merged rate", "{:,.0f}")}
    print_table("one call handed on", handed_on, results)
    print_table("three calls merged", merged, {name: runs for name, runs in results.items() if "merged cpu" in runs[0]})


def print_table(title, columns, results):
    print(f"\n| {title} | " + " | ".join(columns) + " |")
    print("| --- |" + " ---: |" * len(columns))
    for name, runs in results.items():
        cells = []
        for key, form in columns.values():
            each = [run[key] for run in runs]
            cells.append(form.format(statistics.median(each)))
            if "cpu" in key and len(runs) > 1:
                cells[-1] += f" ({form.format(min(each))}-{form.format(max(each))})"
        print(f"| {name} | " + " | ".join(cells) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--requests", type=int, default=30_000, help="that are measured at a time")
    parser.add_argument("--seconds", type=int, default=5, help="of each load of constant rate")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    gateways = [
        Touchstone(),
        Spring("Spring Cloud Gateway, WebFlux", "webflux", "WebFluxGateway", False),
        Spring("Spring Cloud Gateway, WebMVC", "webmvc", "WebMvcGateway", True),
        Nginx(),
    ]
    if options.only:
        wanted = tuple(options.only.split(","))
        gateways = [gateway for gateway in gateways if gateway.name.endswith(wanted)]
    for gateway in gateways:
        gateway.prepare()
    results = {gateway.name: [] for gateway in gateways}
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(temporary)
        os.chmod(work, 0o755)
        backend_folder = work / "backend"
        backend_folder.mkdir()
        backend = free_port()
        with running(backend_command(backend, backend_folder), backend_folder) as process:
            await_answer(process, backend, "/items/1", backend_folder)
            for number in range(options.rounds):
                for gateway in gateways:
                    folder = work / f"{number}-{gateway.name.split()[-1]}"
                    folder.mkdir()
                    figures = measure(gateway, backend, folder, options)
                    results[gateway.name].append(figures)
                    said = ", ".join(f"{key} {value:.2f}" for key, value in figures.items())
                    print(f"round {number + 1}, {gateway.name}: {said}", file=sys.stderr, flush=True)
    print_tables(results)


if __name__ == "__main__":
    main()
