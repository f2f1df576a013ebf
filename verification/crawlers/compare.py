#!/usr/bin/env python3
"""Measures what a crawl costs: ours, Scrapy's, crawler4j's and GNU Wget's, of the same site.

The site has 5,000 pages of 10 KB with 30 links each and a robots.txt; a real nginx serves it on loopback, and its
time does not count. What counts is the processor time (user and system) of the whole process of the crawler, its start
included, and the most memory that it had. Every crawler obeys robots.txt and has no delay; all but Wget keep a frontier
on the disk and write a line of JSON for each page. A run that does not find every page is an error.

compare.py [--rounds N] [--pages N] [--only NAME,NAME]

Takes Debian's nginx-light, python3-scrapy and wget, and Maven for crawler4j.
"""

import argparse
import json
import os
import pathlib
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORKERS = 16
BYTES = 10_000
LINKS = 30


def make_site(folder, pages):
    """Page n links to 2n+1 and 2n+2, so that all can be reached, and to 28 others at random."""
    shade = random.Random(1)
    words = "agate beryl citrine diamond emerald feldspar garnet hematite jasper kyanite".split()
    folder.mkdir()
    (folder / "robots.txt").write_text("User-agent: *\nDisallow: /vault/\n")
    for number in range(pages):
        linked = [n for n in (2 * number + 1, 2 * number + 2) if n < pages]
        linked += [shade.randrange(pages) for _ in range(LINKS - len(linked))]
        links = "\n".join(f'<li><a href="/{n}.html">{words[n % 10]} {n}</a></li>' for n in linked)
        head = f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>Page {number}</title></head><body><ul>\n{links}\n</ul>\n"
        text = ""
        while len(head) + len(text) < BYTES:
            text += "<p>" + " ".join(shade.choice(words) for _ in range(20)) + "</p>\n"
        (folder / f"{number}.html").write_text((head + text)[: BYTES - 14] + "</body></html>")
    os.link(folder / "0.html", folder / "index.html")


def serve(site, work):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {work}/temp;" for kind in kinds)
    (work / "temp").mkdir()
    (work / "nginx.conf").write_text(
        f"daemon off; pid {work}/nginx.pid; error_log {work}/error.log; events {{}}\n"
        f"http {{ access_log off; types {{ text/html html; text/plain txt; }} {temporary}\n"
        f"  keepalive_requests 1000000; server {{ listen 127.0.0.1:{port}; root {site}; }} }}\n"
    )
    os.chmod(work, 0o755)
    nginx = subprocess.Popen(["nginx", "-c", str(work / "nginx.conf")])
    address = f"http://127.0.0.1:{port}/"
    for _ in range(100):
        try:
            urllib.request.urlopen(address).read()
            return nginx, address
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"nginx does not answer; see {work}/error.log")


def addresses(lines):
    return [json.loads(line)["url"] for line in lines.splitlines() if line]


class Ours:
    name = "touchstone"

    def prepare(self):
        subprocess.run([ROOT / "touchstone", "--version"], check=True, stdout=subprocess.DEVNULL)

    def command(self, site, folder):
        (folder / "site.yaml").write_text(
            f"seeds: ['{site}']\nconcurrency: {WORKERS}\npoliteness: {{floor: 0, perHost: {WORKERS}}}\n"
            "reach: anywhere\nout: [{jsonl: pages.jsonl}]\n"
        )
        return [ROOT / "touchstone", "crawl", "run", "site.yaml"]

    def found(self, folder):
        return addresses((folder / "pages.jsonl").read_text())


class Scrapy:
    name = "Scrapy"
    job = ["-s", "JOBDIR=job"]

    def prepare(self):
        subprocess.run(["/usr/bin/python3", "-c", "import scrapy"], check=True)

    def command(self, site, folder):
        settings = {
            "ROBOTSTXT_OBEY": "True",
            "CONCURRENT_REQUESTS": WORKERS,
            "CONCURRENT_REQUESTS_PER_DOMAIN": WORKERS,
            "LOG_LEVEL": "WARNING",
            "TELNETCONSOLE_ENABLED": "False",
        }
        options = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
        return ["/usr/bin/python3", "-m", "scrapy", "runspider", HERE / "scrapy_crawl.py", "-a", f"site={site}",
                "-o", "pages.jsonl", *self.job, *options]  # fmt: skip

    def found(self, folder):
        return addresses((folder / "pages.jsonl").read_text())


class ScrapyInMemory(Scrapy):
    name = "Scrapy in memory"
    job = []


class Crawler4j:
    name = "crawler4j"

    def prepare(self):
        maven = ["mvn", "-q", "-B", "-ntp", "-f", HERE / "pom.xml", "compile"]
        subprocess.run([*maven, "dependency:build-classpath", f"-Dmdep.outputFile={HERE}/target/classpath"], check=True)
        self.classpath = f"{HERE}/target/classes:" + (HERE / "target/classpath").read_text().strip()

    def command(self, site, folder):
        return [java(), "-cp", self.classpath, "dev.touchstone.crawlers.Crawler4jCrawl", site, ".", str(WORKERS)]

    def found(self, folder):
        return addresses((folder / "pages.jsonl").read_text())


class Wget:
    name = "Wget"

    def prepare(self):
        subprocess.run(["wget", "--version"], check=True, stdout=subprocess.DEVNULL)

    def command(self, site, folder):
        return ["wget", "-nv", "-r", "-l", "inf", "-P", "wget", "-o", "wget.log", site]

    def found(self, folder):
        words = (line.split(" URL:", 1) for line in (folder / "wget.log").read_text().splitlines())
        urls = [parts[1].split(" ", 1)[0] for parts in words if len(parts) == 2]
        return [url for url in urls if not url.endswith("robots.txt")]


def java():
    """The JDK that ./touchstone takes, so that both run on the same one."""
    for home in sorted(pathlib.Path("/usr/lib/jvm").glob("*")):
        release = home / "release"
        if release.exists() and 'JAVA_VERSION="25' in release.read_text():
            return str(home / "bin" / "java")
    return "java"


def measure(crawler, site, pages, work):
    folder = work / "run"
    folder.mkdir()
    command = [str(word) for word in crawler.command(site, folder)]
    with open(folder / "log", "w") as log:
        started = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - started
    found = crawler.found(folder) if process.returncode == 0 else []
    # The first page has two names, / and /0.html.
    if not pages <= len(set(found)) <= pages + 1 or len(found) != len(set(found)):
        print((folder / "log").read_text()[-2000:], file=sys.stderr)
        raise SystemExit(f"{crawler.name} exited with {process.returncode} and found {len(set(found))} pages, expected {pages}")
    shutil.rmtree(folder)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, default=5_000)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    crawlers = [Ours(), Crawler4j(), Scrapy(), ScrapyInMemory(), Wget()]
    if options.only:
        crawlers = [crawler for crawler in crawlers if crawler.name in options.only.split(",")]
    for crawler in crawlers:
        crawler.prepare()
    results = {crawler.name: [] for crawler in crawlers}
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(temporary)
        make_site(work / "site", options.pages)
        nginx, site = serve(work / "site", work)
        try:
            for _ in range(options.rounds):
                for crawler in crawlers:  # in turn, so that a busy moment meets all of them
                    results[crawler.name].append(measure(crawler, site, options.pages, work))
        finally:
            nginx.terminate()
            nginx.wait()
    print("| crawler | CPU per page, median (all) | pages per CPU second | most memory | time |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, runs in results.items():
        each = [1_000 * cpu / options.pages for cpu, _, _ in runs]
        median = statistics.median(each)
        span = f"{min(each):.2f}-{max(each):.2f}"
        memory = statistics.median(memory for _, memory, _ in runs)
        seconds = statistics.median(seconds for _, _, seconds in runs)
        print(f"| {name} | {median:.2f} ms ({span}) | {1_000 / median:,.0f} | {memory:,.0f} MB | {seconds:.1f} s |")


if __name__ == "__main__":
    main()
