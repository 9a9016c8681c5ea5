#!/usr/bin/env python3
"""Gathers the goals of all pages in a folder of results into summary.md.

usage: summary.py FOLDER        prints the summary; exit 1 when a goal was missed
"""
import pathlib
import re
import sys

import common

ORDER = ["live", "replay", "rootcause", "injection", "anomaly", "quality", "incidents", "alerts", "broken", "detector", "fuzz", "remote-write", "doors", "speed", "long", "kill", "peers"]


def goals(page):
    """The rows of a page's first table, where it is one of goals; and what its head says."""
    lines = page.read_text(encoding="utf-8").splitlines()
    head = next((line for line in lines if line.startswith("Commit ")), "")
    start = next((i for i, line in enumerate(lines) if line == "| " + " | ".join(common.GOALS) + " |"), None)
    rows = []
    for line in lines[start + 2:] if start is not None else []:
        if not line.startswith("|"):
            break
        rows.append([c.strip() for c in re.split(r"(?<!\\)\|", line)[1:-1]])
    return head, rows


def main():
    folder = pathlib.Path(sys.argv[1])
    pages = {p.stem: goals(p) for p in folder.glob("*.md") if p.stem not in ("summary", "steps")}
    names = [n for n in ORDER if n in pages] + sorted(set(pages) - set(ORDER))
    rows, missed, heads = [], [], []
    for name in names:
        head, own = pages[name]
        took = re.search(r"took (\d+) s", head)
        commit = re.search(r"Commit ([0-9a-f]{7,12}\+?|unknown)", head)
        heads.append((f"[{name}]({name}.md)", commit.group(1) if commit else "", (re.search(r"seed ([^,]+)", head) or ["", ""])[1], (re.search(r"\d{4}-\d\d-\d\d", head) or [""])[0],
                      took.group(1) if took else "", sum(r[3] == "yes" for r in own), sum(r[3] == "NO" for r in own)))
        for goal, figure, wanted, reached, command in own:
            rows.append([f"[{name}]({name}.md)", goal, figure, wanted, reached, command])
            if reached == "NO":
                missed.append(f"{name}: {goal}: {figure}, wanted {wanted}")
    text = "# What was measured\n\nMade by `GRAINWATCH_DATA=DIR tests/full.sh`; each page holds its tables. A `+` behind a commit: with changes not yet in it.\n\n"
    text += "Missed: " + ("nothing.\n" if not missed else "\n\n" + "".join(f"- {m}\n" for m in missed)) + "\n"
    text += common.table(["step", "commit", "seed", "date", "seconds", "goals reached", "missed"], heads) + "\n"
    body = ["| " + " | ".join(r) + " |" for r in rows]
    text += "| step | goal | figure | wanted | reached | command |\n|---|---|---|---|---|---|\n" + "\n".join(body) + "\n"
    (folder / "summary.md").write_text(text, encoding="utf-8")
    print(text)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
