#!/usr/bin/env python3
"""What print-outs cost: CPU seconds and memory, of a program that is given.

    benches/print.py [target/release/vaert]

Makes a handbook of thirty exercises of two pages and one of eighty pages in a temporary folder, and sets them with an
empty store, then with a full one. Ratios in one run are what counts; the machine may be busy.
"""
import os
import resource
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "target/release/vaert")
TEXT = "Vi øver os i at se dem, der kommer ind ad døren, og i at lade dem se, at vi har set dem. "
STEP = """### Trin {n} {{minutes=10}}

{text}

> [!WRITE 3] Det så vi

> [!TIP] Et råd
> {text}

"""


def write(folder, path, text):
    path = os.path.join(folder, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def exercise(number):
    steps = "".join(STEP.format(n=n, text=TEXT * 4) for n in range(1, 4))
    front = f"title: Øvelse {number}\nwhen: workshop\nminutes: 30\npurpose: {TEXT.strip()}\ninvitation: Hvad ser du?"
    return f"---\n{front}\n---\n\n{TEXT * 3}\n\n## Sådan gør I\n\n{steps}"


def run(arguments, folder):
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    child = subprocess.Popen([PROGRAM, *arguments], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             env={**os.environ, "XDG_CACHE_HOME": os.path.join(folder, "cache")})
    said = child.stdout.read().decode()
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{arguments}: {said}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - started, usage.ru_maxrss / 1024


def tell(what, figures):
    print(f"{what:40} {figures[0]:6.2f} s CPU {figures[1]:6.2f} s {figures[2]:6.0f} MB")


def main():
    with tempfile.TemporaryDirectory() as folder:
        write(folder, "bog/handbook.yaml", "title: Bog\nsections: [{ folder: oevelser, kind: exercise }]\n")
        for number in range(1, 31):
            write(folder, f"bog/oevelser/{number:02}-oevelse-{number}.md", exercise(number))
        tell("30 handouts of 2 pages, empty store", run(["print", "bog", "--kind", "handout"], folder))
        tell("the same, full store", run(["print", "bog", "--kind", "handout"], folder))
        tell("one of them changed", (write(folder, "bog/oevelser/01-oevelse-1.md", exercise("en")),
                                     run(["print", "bog", "--kind", "handout"], folder))[1])
        for number in range(31, 41):
            write(folder, f"bog/oevelser/{number:02}-oevelse-{number}.md", exercise(number))
        tell("a booklet of about 80 pages", run(["print", "bog", "--kind", "booklet"], folder))


main()
