#!/usr/bin/env python3
"""What many editions of one base cost in one run, beside as many single runs.

    benches/editions.py [--editions 20] [--pages 200] [--rounds 5] [--keep DIR]

The base is made as `whole.py` makes its corpus, from a fixed seed. Each edition has a name, a term and a colour of its own,
replaces one page and adds one. Single runs and the common run take turns, so that a slow hour is slow for both; the ratio is
the median of the ratios of each round: at most 0.33 is wanted. Both write into empty folders, and the bytes must be the same.
"""

import argparse, filecmp, pathlib, shutil, statistics, sys, tempfile

import whole


def make_editions(folder, count, pages):
    whole.make_corpus(folder / "base", pages)
    settings = folder / "base" / "handbook.yaml"
    term = "terms: { borger: { gender: en, forms: [borger, borgeren, borgere, borgerne] } }\n"
    settings.write_text(settings.read_text(encoding="utf-8") + term, encoding="utf-8")
    names = []
    for number in range(count):
        name = f"kunde-{number:02}"
        edition = folder / name
        section = edition / whole.section(0)
        section.mkdir(parents=True)
        (edition / "handbook.yaml").write_text(
            "extends: ../base\n"
            f"brand: {{ organisation: Kunde {number}, colors: {{ primary: \"#1f4e{number + 16:02x}\" }} }}\n"
            f"terms: {{ borger: {{ gender: en, forms: [gæst{number}, gæsten{number}, gæster{number}, gæsterne{number}] }} }}\n",
            encoding="utf-8",
        )
        (section / "side-00000.md").write_text(f"---\nbase: merge\n---\n\nFor {{borgeren}} hos {name}.\n\n![[base]]\n", encoding="utf-8")
        (section / "egen.md").write_text(f"# Egen side\n\nKun hos {name}.\n", encoding="utf-8")
        names.append(name)
    return names


def differences(a, b):
    compared = filecmp.dircmp(a, b)
    yield from (f"{a}/{name}" for name in compared.left_only + compared.right_only + compared.diff_files)
    for name in compared.common_dirs:
        yield from differences(a / name, b / name)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--editions", type=int, default=20)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=pathlib.Path)
    whole.add_quick(parser)
    arguments = parser.parse_args()
    [vaert] = whole.build_programs(quick=arguments.quick)
    memory = "/dev/shm" if pathlib.Path("/dev/shm").is_dir() else None
    folder = arguments.keep or pathlib.Path(tempfile.mkdtemp(dir=memory))
    try:
        names = make_editions(folder, arguments.editions, arguments.pages)
        ratios, singles, commons, peaks = [], [], [], []
        for _ in range(arguments.rounds):
            for out in ["each", "all"]:
                shutil.rmtree(folder / out, ignore_errors=True)
            runs = [
                whole.run([vaert, "build", "--force", "--out", folder / "each", folder / name]) for name in names
            ]
            single, cpu = sum(run[0] for run in runs), sum(run[1] for run in runs)
            common = whole.run([vaert, "build", "--force", "--out", folder / "all", *[folder / name for name in names]])
            ratios.append(common[0] / single)
            singles.append((single, cpu)), commons.append(common[:2]), peaks.append(common[2])
        different = list(differences(folder / "each", folder / "all"))
        if different:
            sys.exit(f"other bytes in one run: {different[:5]}")
        middle = lambda pairs: " and ".join(f"{statistics.median(values):.2f} s" for values in zip(*pairs))
        print(f"{arguments.editions} editions of {arguments.pages} pages, wall and CPU seconds, medians of {arguments.rounds}:")
        print(f"  single runs together  {middle(singles)}")
        print(f"  one run               {middle(commons)}, {statistics.median(peaks):.0f} MiB")
        print(f"  ratio                 {statistics.median(ratios):.2f} (wanted: at most 0.33)")
    finally:
        if not arguments.keep:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
