#!/usr/bin/env python3
"""Whole-program figures: seconds, CPU seconds and peak memory of `vaert build`, beside the floor, in one run.

    benches/whole.py [--pages 100,1000,10000] [--rounds 5] [--keep DIR] [--quick]

The corpus is made here from a fixed seed: pages of about 500 words in sections of 50, with cross links. The floor is
`benches/floor.rs`: pulldown-cmark alone over the same text plus a plain write of its HTML. Both run in turn, so that
a slow hour is slow for both; the ratio is the median of the ratios of each round. The search's part of the build is told
by `benches/index.rs`. Folders lie in memory (/dev/shm)
where there is one. The program is the one that is shipped, which sets PDFs, unless `--quick` is given. Needs Python 3.9 and a Unix system (wait4 tells what a child used).
"""

import argparse, json, os, pathlib, random, shutil, statistics, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORDS = """vært borger møde blik dør bibliotek skranke hjælp spørgsmål svar ro travl hverdag kollega leder øvelse princip
stund lytte se høre gøre sige prøve handling tid sted mennesker gæst ønske behov næste skridt sammen selv altid ofte
sjældent god bedre svær let åben lukket første sidste dag uge måned år viden sprog fælles ejerskab motivation ændring
modstand begyndelse slutning fortælling tegn arbejde vagt vane plejer mod nysgerrig vedholdende erfaring kontakt""".split()
SMALL = "og i at det en den til er som på de med han af for ikke der var sig men et har om vi min havde".split()


def sentence(rng):
    words = [rng.choice(SMALL if rng.random() < 0.45 else WORDS) for _ in range(rng.randint(7, 17))]
    if rng.random() < 0.3:
        words[rng.randrange(len(words))] = f"*{rng.choice(WORDS)}*"
    return " ".join(words).capitalize() + "."


def page(rng, number, pages):
    """A page of about 500 words with headings, a list, a table of three rows and six cross links."""
    def link():
        other = rng.randrange(pages)
        return f"[{rng.choice(WORDS)} {rng.choice(WORDS)} {other}](../{section(other)}/side-{other:05}.md)"
    lines = ["---", f"title: Side {number} om {rng.choice(WORDS)}", f"summary: \"{sentence(rng)}\"", f"tags: [{rng.choice(WORDS)}]", "---", ""]
    for part in range(4):
        lines += [f"## {rng.choice(WORDS).capitalize()} {rng.choice(WORDS)} {part}", ""]
        for _ in range(2):
            text = [sentence(rng) for _ in range(4)]
            text[rng.randrange(4)] += f" Se {link()}." if rng.random() < 0.75 else ""
            lines += [" ".join(text), ""]
        if part == 1:
            lines += [f"- {sentence(rng)}" for _ in range(4)] + [""]
        if part == 2:
            lines += ["> [!NOTE] Bemærk", f"> {sentence(rng)}", ""]
    return "\n".join(lines)


def section(number):
    return f"afsnit-{number // 50:03}"


def make_corpus(folder, pages):
    rng = random.Random(pages)
    folder.mkdir(parents=True)
    (folder / "handbook.yaml").write_text("title: Korpus\nlanguage: da\n", encoding="utf-8")
    (folder / "index.md").write_text("# Korpus\n\nForsiden.\n", encoding="utf-8")
    for number in range(pages):
        path = folder / section(number) / f"side-{number:05}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(page(rng, number, pages), encoding="utf-8")


def run(command, environment=None):
    """Wall seconds, CPU seconds and peak MiB of a command."""
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
    error = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{command} failed:\n{error.decode()}")
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def add_quick(parser):
    parser.add_argument("--quick", action="store_true", help="measure a program without PDFs, which is compiled in a fifth of the time and is not the one that is shipped")


def build_programs(*benches, quick):
    """The release program as it is shipped, or without its PDFs, and these benches."""
    command = ["cargo", "build", "--release", "--locked"] + (["--no-default-features"] if quick else [])
    subprocess.run(command, cwd=ROOT, check=True)
    made = subprocess.run(
        command + ["--message-format=json"] + [f"--bench={bench}" for bench in benches],
        cwd=ROOT, check=True, stdout=subprocess.PIPE,
    ).stdout.decode()
    messages = [json.loads(line) for line in made.splitlines()]
    made = {m["target"]["name"]: pathlib.Path(m["executable"]) for m in messages if m.get("executable")}
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    return [target / "release" / "vaert"] + [made[bench] for bench in benches]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", default="100,1000,10000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=pathlib.Path, help="folder for the corpora, kept for the next run")
    add_quick(parser)
    options = parser.parse_args()
    programs = build_programs("floor", "index", quick=options.quick)
    memory = pathlib.Path("/dev/shm")
    work = pathlib.Path(tempfile.mkdtemp(prefix="vaert-bench-", dir=memory if memory.is_dir() else None))
    environment = os.environ | {"XDG_CACHE_HOME": str(work / "cache")}
    try:
        print(f"{'pages':>6} {'what':<28} {'wall s':>8} {'CPU s':>8} {'peak MiB':>9} {'× floor CPU':>12} {'µs CPU/page':>12}")
        for pages in (int(number) for number in options.pages.split(",")):
            corpus = (options.keep or work) / f"corpus-{pages}"
            if not corpus.exists():
                make_corpus(corpus, pages)
            measure(pages, corpus, work, *programs, options.rounds, environment)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def measure(pages, corpus, work, vaert, floor, index, rounds, environment):
    out = work / "out"
    build = [vaert, "build", corpus, "--out", out]
    one = environment | {"RAYON_NUM_THREADS": "1"}
    two = environment | {"RAYON_NUM_THREADS": "2"}
    wipe = lambda: shutil.rmtree(out, ignore_errors=True)
    commands = {
        "floor, 1 thread": (wipe, [floor, corpus, out], one),
        "build, 1 thread": (wipe, build + ["--force"], one),
        "build, 2 threads": (wipe, build + ["--force"], two),
        "again, everything rendered": (lambda: None, build + ["--force"], two),
        "again, nothing changed": (lambda: time.sleep(2.2) if pages <= 1000 else None, build, two),
    }
    figures = {name: [] for name in commands}
    for _ in range(rounds):
        for name, (before, command, env) in commands.items():
            before()
            figures[name].append(run(command, env))
    for name, rows in figures.items():
        wall, cpu, peak = (statistics.median(row[column] for row in rows) for column in range(3))
        ratio = statistics.median(row[1] / base[1] for row, base in zip(rows, figures["floor, 1 thread"]))
        print(f"{pages:>6} {name:<28} {wall:>8.3f} {cpu:>8.3f} {peak:>9.0f} {ratio:>12.2f} {cpu / pages * 1e6:>12.0f}")
    made = float(subprocess.run([index, corpus], env=one, check=True, stdout=subprocess.PIPE).stdout) / 1000
    whole = statistics.median(wall for wall, _, _ in figures["build, 1 thread"])
    print(f"{pages:>6} {'of it the index, 1 thread':<28} {made:>8.3f} ({100 * made / whole:.0f} %)")


if __name__ == "__main__":
    main()
