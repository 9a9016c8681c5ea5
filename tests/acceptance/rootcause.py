#!/usr/bin/env python3
"""Root cause: `grainwatch diagnose` on the sixteen PetShop recordings, judged by their own scorer.

usage: rootcause.py        (GRAINWATCH_DATA names the data; exit 1 unless all sixteen are first)
"""
import sys

import common


def main():
    report = common.Report("rootcause", "Root cause: PetShop, 16 injected faults")
    folder = common.data() / "rootcause"
    command = [sys.executable, folder / "score_rootcause.py", common.binary(), "diagnose", "{recording}", "--target", "{target}",
               "--at", "{time}", "--top", "3"]
    done = common.run(command, timeout=900)
    rows = [line.split() for line in done.stdout.splitlines()]
    shown = "score_rootcause.py grainwatch diagnose {recording} --target {target} --at {time} --top 3"
    total = next((r for r in rows if r[:1] == ["all"]), None)
    if total is None or done.returncode:
        report.goal("every recording gives an answer", done.stderr.strip()[-300:] or "no table", "an answer", False, shown)
    if total is not None:
        n, top1 = int(total[1]), float(total[2])
        first = round(n * top1)
        report.goal("root cause first", f"{first} of {n}", "16 of 16", n == 16 and first == 16, shown)
        report.table(["scenario", "symptom", "n", "top-1", "top-3"], [r for r in rows[1:] if len(r) == 5] + [["all", "", *total[1:]]])
    report.text("The best of three simple baselines on the same recordings names .375 first (the data's README).")
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
