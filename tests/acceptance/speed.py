#!/usr/bin/env python3
"""Speed of `evaluate` and of a diagnosis, on one core.

usage: speed.py            (exit 1 under 2,000 answers a second, or over 20 ms a diagnosis of 88 series)

`evaluate` is run on all labelled answers at once and on a tenth of them; the difference leaves out the start of the
process. The diagnosis is measured inside the process by tests/Benchmarks, which must have been built.
"""
import gzip
import re
import sys

import common


def main():
    report = common.Report("speed", "Speed: evaluate and diagnose")
    work = common.work("speed")
    lines = [line for f in sorted((common.data() / "quality").glob("*/samples.jsonl.gz")) for line in gzip.open(f, "rt", encoding="utf-8")]
    seconds = {}
    for name, part in (("all", lines), ("tenth", lines[::10])):
        path = work / f"{name}.jsonl"
        path.write_text("".join(part), encoding="utf-8")
        runs = []
        for _ in range(3):
            _, cpu, done = common.timed([common.binary(), "evaluate", path, "--out", work / "cards.jsonl"], core=common.cores()[0])
            if done.returncode:
                raise SystemExit(done.stderr[-500:])
            runs.append(cpu)
        seconds[name] = min(runs)
    whole = len(lines) / seconds["all"]
    report.goal(f"evaluate, {len(lines):,} labelled answers, start of the process included, best of 3", f"{whole:,.0f} answers a CPU second", "2,000", whole >= 2000,
                "taskset -c 0 grainwatch evaluate ALL.jsonl")
    steady = (len(lines) - len(lines[::10])) / max(1e-9, seconds["all"] - seconds["tenth"])
    report.goal("the same without the start (all less a tenth)", f"{steady:,.0f} answers a CPU second", "stated", None, "speed.py")
    done = common.run(["taskset", "-c", "0", "dotnet", "run", "-c", "Release", "--no-build", "--project", common.ROOT / "tests/Benchmarks", "--", "diagnose"], timeout=600)
    found = re.search(r"median ([\d.]+) ms", done.stdout)
    value = float(found.group(1)) if found else None
    report.goal("diagnose an endpoint of 88 series, 1 h of 10-s points, median", f"{value} ms" if found else (done.stderr or done.stdout).strip()[-200:], "at most 20 ms",
                found is not None and value <= 20, "dotnet run -c Release --project tests/Benchmarks -- diagnose")
    report.text(done.stdout.strip())
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
