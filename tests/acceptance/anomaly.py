#!/usr/bin/env python3
"""Anomaly: `grainwatch detect` on every series of the data, judged by NAB's rules.

usage: anomaly.py          (exit 1 unless the AWS files are above the floor of a rolling z with a quiet period)
"""
import json
import sys

import common

# standard, lowFP, lowFN of the others on exactly these series (scoring.md of the data), thresholds as published
OTHERS = [("CAD OSE", "74.8 / 71.3 / 77.6", "71.2 / 63.4 / 72.3"), ("Numenta HTM", "74.2 / 69.1 / 77.7", "66.6 / 64.8 / 72.1"),
          ("Random Cut Forest (AWS)", "57.3 / 46.6 / 66.1", "15.5 / 15.5 / 31.1"), ("floor: rolling z, quiet for 150", "47.4 / 22.4 / 59.8", "26.2 / 4.3 / 34.1")]
FLOOR = {"standard": 47.4, "lowFP": 22.4}


def score(folder, scores, *options):
    done = common.run([sys.executable, folder / "score_nab.py", scores, "--json", *options])
    if done.returncode:
        raise SystemExit(done.stderr)
    return {(r["group"], r["profile"]): (r["score"], r["threshold"]) for r in json.loads(done.stdout)}


def main():
    report = common.Report("anomaly", "Anomaly: NAB")
    folder, scores = common.data() / "anomaly", common.work("anomaly")
    failed = []
    for series in sorted(folder.glob("*/*.csv")):
        done = common.run([common.binary(), "detect", series])
        target = scores / series.parent.name / series.name
        target.parent.mkdir(exist_ok=True)
        target.write_text(done.stdout, encoding="utf-8")
        if done.returncode:
            failed.append(f"{series.name}: {done.stderr.strip()[-200:]}")
    shown = "grainwatch detect SERIES.csv; score_nab.py FOLDER"
    report.goal("every series is scored", "; ".join(failed) or "all", "all", not failed, shown)
    if not failed:
        frozen, chosen = score(folder, scores, "--threshold", "0.5"), score(folder, scores)
        for profile, floor in FLOOR.items():
            value = frozen["realAWSCloudwatch", profile][0]
            report.goal(f"AWS series, {profile}, threshold .5", f"{value:.1f}", f"above {floor}", value > floor, shown + " --threshold 0.5")
        text = {(g, t): " / ".join(f"{table[g, p][0]:.1f}" for p in ("standard", "lowFP", "lowFN"))
                for t, table in (("frozen", frozen), ("chosen", chosen)) for g in ("realAWSCloudwatch", "artificial")}
        at = " / ".join("none" if t is None else f"{t:.3f}" for t in (chosen["realAWSCloudwatch", p][1] for p in ("standard", "lowFP", "lowFN")))
        report.table(["standard / lowFP / lowFN", "AWS 9", "artificial 11"],
                     [("Grainwatch, threshold .5", text["realAWSCloudwatch", "frozen"], text["artificial", "frozen"]),
                      (f"Grainwatch, threshold chosen here ({at})", text["realAWSCloudwatch", "chosen"], text["artificial", "chosen"]), *OTHERS])
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
