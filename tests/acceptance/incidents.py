#!/usr/bin/env python3
"""Incidents: the generator writes recordings, `grainwatch replay` plays them, what it says is compared with the truth.

usage: incidents.py [--variants N] [--seed N] [--folder DIR]

Judged are the eleven told after public reports and the two controls; further scenarios and variations are counted and
listed. --folder: recordings that exist already. Exit 1 unless pattern and number of pages are right in all eleven, the
first cause in at least 8, and the controls are silent.
"""
import argparse
import concurrent.futures
import json
import pathlib
import shutil
import sys

import common


def generate(seed, variants):
    folder = common.work("incidents")
    shutil.rmtree(folder)
    done = common.run(["dotnet", "run", "-c", "Release", "--no-build", "--project", common.ROOT / "tools/Generator", "--",
                       "incidents", "--out", folder, "--seed", seed, "--variants", variants], timeout=1800)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return folder


def judge(folder):
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    done = common.run([common.binary(), "replay", folder], timeout=600)
    if done.returncode:
        return truth, {"error": done.stderr.strip()[-300:], "pattern": False, "cause": False, "pages": False, "said": "", "why": "replay failed"}
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    opened = [line for line in lines if line["type"] == "incident" and line["state"] == "open"]
    told = [line for line in lines if line["type"] == "notification" and line["kind"] == "firing"]
    pages = lines[-1]["pages"]
    # The last word of the first incident: its cause may be ranked anew while it lasts; what was paged is the first word.
    first = opened[0] if opened else None
    cause = first["causes"][0] if first and first["causes"] else None
    wanted = truth.get("firstCause")
    found = {
        "pattern": (first is not None and first["pattern"] in truth["pattern"]) or (first is None and not truth["pattern"]),
        "cause": wanted is None or (cause is not None and cause["entity"] in wanted["entities"] and cause["metric"].split(".")[0] in wanted["metrics"]),
        "pages": pages == truth["pages"],
        "severity": first is None or first["severity"] in truth["severities"] or not truth["severities"],
        "incidents": len(opened), "paged": pages, "told": len(told),
        "said": f"{first['pattern']}: {cause['entity']} {cause['metric']}" if cause else (first["pattern"] if first else "nothing"),
    }
    found["onset"] = seconds(first["onset"], truth["onset"]) if first and truth.get("onset") else None
    found["delay"] = seconds(first["time"], truth["onset"]) if first and truth.get("onset") else None
    missed = [word for word in ("pattern", "cause", "pages", "severity") if not found[word]]
    want = f"{'/'.join(truth['pattern']) or 'nothing'}" + (f": {wanted['entities'][0]} {'/'.join(wanted['metrics'])}" if wanted else "")
    found["why"] = ("" if not missed else f"missed {', '.join(missed)}; wanted {want}, {truth['pages']} page(s)") + \
        (f"; {len(opened)} incidents" if len(opened) > 1 else "")
    return truth, found


def seconds(left, right):
    import datetime
    parse = lambda text: datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return (parse(left) - parse(right)).total_seconds()


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--variants", type=int, default=2)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--folder", type=pathlib.Path)
    a = p.parse_args()
    report = common.Report("incidents", "Incidents: stories after public reports, replayed", a.seed)
    folder = a.folder or generate(a.seed, a.variants)
    names = sorted(f.parent for f in folder.glob("*/truth.json"))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = dict(zip((n.name for n in names), pool.map(judge, names)))
    shown = f"Generator incidents --seed {a.seed} --variants {a.variants}; grainwatch replay RECORDING"

    def group(begin, variants):
        return {n: r for n, r in results.items() if n[0] in begin and ("-v" in n.rsplit("/")[-1][-3:]) == variants}

    def count(rows, what):
        return sum(1 for _, f in rows.values() if f[what])

    main_rows, controls = group("I", False), group("N", False)
    n = len(main_rows)
    report.goal("pattern right, of the eleven reports", f"{count(main_rows, 'pattern')} of {n}", "11 of 11", n == 11 and count(main_rows, "pattern") == n, shown)
    report.goal("one page (none where the story asks for none)", f"{count(main_rows, 'pages')} of {n}", "11 of 11", n == 11 and count(main_rows, "pages") == n, shown)
    report.goal("first cause right", f"{count(main_rows, 'cause')} of {n}", "at least 8 of 11", n == 11 and count(main_rows, "cause") >= 8, shown)
    silent = sum(1 for _, f in controls.values() if not f.get("paged") and not f.get("incidents") and "error" not in f)
    report.goal("controls silent", f"{silent} of {len(controls)}", "all", bool(controls) and silent == len(controls), shown)
    for title, rows in (("further scenarios", group("X", False)), ("variations of the eleven", group("I", True)),
                        ("variations of the controls", group("N", True)), ("variations of the further scenarios", group("X", True))):
        if rows:
            report.goal(f"{title}: pattern / cause / pages", " / ".join(f"{count(rows, w)}" for w in ("pattern", "cause", "pages")) + f" of {len(rows)}",
                        "stated", None, shown)
    mark = lambda ok: "yes" if ok else "NO"
    number = lambda v: "" if v is None else f"{v:+.0f} s"
    report.table(["recording", "pattern", "cause", "pages", "severity", "said", "onset off by", "told after", "what is missed"],
                 [(name, mark(f["pattern"]), mark(f["cause"]), mark(f["pages"]), mark(f.get("severity")), f["said"], number(f.get("onset")),
                   number(f.get("delay")), f["why"] or f.get("error", "")) for name, (_, f) in results.items()])
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
