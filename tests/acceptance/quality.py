#!/usr/bin/env python3
"""Quality: `grainwatch evaluate` on every labelled task, judged by the data's scorer beside the figures of others.

usage: quality.py          (exit 1 when a task gives no complete set of cards)
"""
import json
import sys

import common

# The line that stands for a task, and its figure; the whole table follows.
HEADLINE = {"refusal": ("all", "AUC"), "groundedness-easy": ("all", "AUC"), "groundedness-hard": ("all", "balanced accuracy"),
            "relevance": ("pairs", "pair accuracy (tie = half)"), "coherence": ("all", "Spearman"),
            "overall": ("pairs", "agreement with the majority"), "privacy": ("types the card names", "F1"), "safety": ("all", "AUC"),
            "injection": ("all", "recall at 1 % FPR"), "code": ("against passes", "balanced accuracy"), "integrity": ("loop", "verdict recall")}


def main():
    report = common.Report("quality", "Quality: answers with labels")
    folder, cards = common.data() / "quality", common.work("quality")
    tasks = [t for t in HEADLINE if (folder / t).is_dir()]
    shown = "grainwatch evaluate SAMPLES --out CARDS; score_quality.py TASK CARDS"
    for task in tasks:
        done = common.run([common.binary(), "evaluate", folder / task / "samples.jsonl.gz", "--out", cards / f"{task}.jsonl"], timeout=600)
        if done.returncode:
            report.goal(f"{task}: cards for all", done.stderr.strip()[-200:], "exit 0", False, shown)
    for task in tasks:
        done = common.run([sys.executable, folder / "score_quality.py", task, cards / f"{task}.jsonl", "--json"], timeout=600)
        if done.returncode:
            report.goal(f"{task}: scored", done.stderr.strip()[-200:], "a table", False, shown)
            continue
        result = json.loads(done.stdout)[0]
        part, figure = HEADLINE[task]
        value = next(r.get(figure) for r in result["result"] if r["part"] == part)
        # What is wanted of these figures is that they are measured and stated: another issue raises them.
        report.goal(f"{task}: {figure}, {part} ({result['samples']} answers, {result['unknown']:.1%} unknown)", f"{value:.3f}", "stated", True, shown)
        texts = common.run([sys.executable, folder / "score_quality.py", task, cards / f"{task}.jsonl"], timeout=600).stdout
        report.text("```\n" + texts.rstrip() + "\n```")
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
