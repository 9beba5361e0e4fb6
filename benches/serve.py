#!/usr/bin/env python3
"""How long an author waits: from saving a page to its new bytes over HTTP, and until the search finds them.

    benches/serve.py [--pages 1000,10000] [--saves 40] [--keep DIR] [--handbook content] [--quick]

The corpora and the program are those of `whole.py`: it is measured as it is shipped, with PDFs. `vaert serve` runs as an author runs it, told of changes by the system. Each save puts
a new word into another page, as an editor does (half of them write a file beside it and rename); the clock runs from
before the write until the page asked for again and again has the word, and on until the search has it. Saves
follow each other after pauses of 0.1 to 1.5 seconds, so that some fall into the work that follows a save. The first page
is timed from the start of the process. Memory is that of the process when all is done, and its peak. Needs Linux (/proc).
"""

import argparse, http.client, os, pathlib, random, re, shutil, statistics, subprocess, sys, tempfile, time

from whole import ROOT, add_quick, build_programs, make_corpus, section

LONGEST = 60.0
SEARCH = "/search/start.js"


class Server:
    """A `vaert serve` on a free port, and one connection to it."""

    def __init__(self, program, handbook):
        self.started = time.perf_counter()
        self.child = subprocess.Popen([program, "serve", handbook, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for line in self.child.stdout:
            if address := re.search(rb"http://localhost:(\d+)/", line):
                break
        else:
            sys.exit(f"`vaert serve {handbook}` ended without an address")
        self.connection = http.client.HTTPConnection("localhost", int(address[1]))
        self.get("/")
        self.first_page = time.perf_counter() - self.started

    def get(self, path):
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        return answer.read()

    def wait_for(self, path, is_new, started):
        """Seconds from `started` until what is at `path` is new."""
        while not is_new(self.get(path)):
            if time.perf_counter() - started > LONGEST:
                sys.exit(f"{path} stays as it was")
            time.sleep(0.001)
        return time.perf_counter() - started

    def memory(self, name):
        """MiB: `VmRSS` is what the process has now, `VmHWM` the most it had."""
        status = pathlib.Path(f"/proc/{self.child.pid}/status").read_text()
        return int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1024

    def end(self):
        self.child.terminate()
        self.child.wait()


def save(path, text, by_rename):
    if by_rename:
        beside = path.with_name(f".{path.name}.new")
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, path)
    else:
        path.write_text(text, encoding="utf-8")


def measure(program, corpus, pages, saves):
    rng = random.Random(pages)
    server = Server(program, corpus)
    try:
        return (server.first_page, *timed_saves(server, corpus, pages, saves, rng))
    finally:
        server.end()


def timed_saves(server, corpus, pages, saves, rng):
    """Seconds until each save is shown and until it is found, and the memory after all of them with its peak."""
    time.sleep(3)
    shown, found = [], []
    for number in range(saves):
        page = rng.randrange(pages)
        path = corpus / section(page) / f"side-{page:05}.md"
        # Another one in each run, since a kept corpus has those of the last.
        word = f"q{number}z{time.time_ns():x}"
        index = server.get(SEARCH)
        text = re.sub(r"^title: .*", f"title: Side {page} om {word}", path.read_text(encoding="utf-8"), count=1, flags=re.M)
        started = time.perf_counter()
        save(path, text, by_rename=number % 2 == 1)
        shown.append(server.wait_for(f"/{section(page)}/side-{page:05}.html", lambda now: word.encode() in now, started))
        # It holds the texts of all pages, or the hashes of the files that do.
        found.append(server.wait_for(SEARCH, lambda now: now != index, started))
        time.sleep(rng.uniform(0.1, 1.5))
    time.sleep(1)
    return shown, found, server.memory("VmRSS"), server.memory("VmHWM")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", default="1000,10000")
    parser.add_argument("--saves", type=int, default=40)
    parser.add_argument("--keep", type=pathlib.Path, help="folder for the corpora, kept for the next run")
    parser.add_argument("--handbook", type=pathlib.Path, default=ROOT / "content", help="whose first page is timed")
    add_quick(parser)
    options = parser.parse_args()
    [vaert] = build_programs(quick=options.quick)
    memory = pathlib.Path("/dev/shm")
    work = pathlib.Path(tempfile.mkdtemp(prefix="vaert-bench-", dir=memory if memory.is_dir() else None))
    try:
        firsts = []
        for _ in range(9):
            server = Server(vaert, options.handbook)
            firsts.append(server.first_page)
            server.end()
        print(f"first page of {options.handbook.name}/: median {statistics.median(firsts) * 1e3:.0f} ms, slowest {max(firsts) * 1e3:.0f} ms\n")
        print(f"{'pages':>6} {'first page ms':>14} {'page: median':>13} {'p95':>6} {'search: median':>15} {'p95':>6} {'MiB':>6} {'peak MiB':>9}")
        for pages in (int(number) for number in options.pages.split(",")):
            corpus = (options.keep or work) / f"corpus-{pages}"
            if not corpus.exists():
                make_corpus(corpus, pages)
            first, shown, found, now, peak = measure(vaert, corpus, pages, options.saves)
            middle = lambda times: statistics.median(times) * 1e3
            late = lambda times: sorted(times)[int(len(times) * 0.95)] * 1e3
            print(f"{pages:>6} {first * 1e3:>14.0f} {middle(shown):>13.1f} {late(shown):>6.0f} {middle(found):>15.1f} {late(found):>6.0f} {now:>6.0f} {peak:>9.0f}", flush=True)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
