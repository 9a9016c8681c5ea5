#!/usr/bin/env python3
"""Bad input: malformed rule files and recordings get a line and a reason, never a crash or a hang.

usage: fuzz.py [--rules 500] [--recordings 2000] [--seed 1] [--keep]

Each rule file is the shipped set with a few mistakes of form made by the seed, and goes through `rules check`; each
recording is a small one that was damaged, and goes through `replay` or `diagnose`. A rule file must end with exit 1 and
FILE:LINE:COLUMN. A recording must end with 0 (what is readable was read, the rest counted), 1 or, of diagnose, 3; where
something was left out, a line and a reason. No stack trace, no signal, nothing longer than the time given.
"""
import argparse
import collections
import concurrent.futures
import gzip
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys

import common

PATIENCE = 60
TRACE = re.compile(r"Unhandled exception|^\s+at [\w.<>`]+\(", re.MULTILINE)
PLACE = re.compile(r":\d+(:\d+)?: \S")
SYMBOLS = list("{}[]:,&*#?|-<>=!%@`\"'\\\t\n()$.") + ["\0", "\ufffd", "é", "\U0001f525", "---", "...", "<<", "!!binary", "&a [*a]", "1e999", "-0", "99999999999999999999"]


def break_rules(dice, text):
    """One to four mistakes that no reader may take for a rule file that is right."""
    lines = text.splitlines()
    kind = dice.choice(["bytes", "cut", "indent", "unknown key", "condition", "deep", "duplicate", "swap", "type", "unit", "empty"])
    at = dice.randrange(len(lines))
    if kind == "bytes":
        data = bytearray(text.encode())
        for _ in range(dice.randint(1, 4)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        return kind, bytes(data)
    if kind == "cut":
        return kind, text[:dice.randrange(len(text))].encode() + dice.choice([b"", b"\"", b"[", b"{"])
    if kind == "indent":
        lines[at] = " " * dice.choice([1, 3, 5, 7]) + lines[at].lstrip() if dice.random() < 0.7 else "\t" + lines[at]
    elif kind == "unknown key":
        lines.insert(at, re.match(r"\s*", lines[at]).group() + f"{''.join(dice.choices('abcxyz', k=6))}: {dice.choice(SYMBOLS)}")
    elif kind == "condition":
        rows = [i for i, line in enumerate(lines) if "raise:" in line or "clear:" in line]
        i = dice.choice(rows)
        lines[i] = lines[i] + " " + "".join(dice.choices(SYMBOLS[:28], k=dice.randint(1, 12)))
    elif kind == "deep":
        n = dice.choice([50, 500, 5000])
        lines[at] = dice.choice(["raise: " + "(" * n + "1" + ")" * n + " > 0", "x: " + "[" * n, "raise: " + "not " * n + "1 > 0", "x: " + "{a: " * n])
    elif kind == "duplicate":
        i = dice.choice([k for k, line in enumerate(lines) if "- id:" in line])
        lines.insert(i, lines[i])
    elif kind == "swap":
        other = dice.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
    elif kind == "type":
        i = dice.choice([k for k, line in enumerate(lines) if ":" in line])
        lines[i] = lines[i].split(":")[0] + ": " + dice.choice(["[1, 2]", "{a: b}", "null", "true", "-5", "\"\"", "0x1F", "2026-01-01", "~"])
    elif kind == "unit":
        i = dice.choice([k for k, line in enumerate(lines) if re.search(r"\d+[smh%]", line)])
        lines[i] = re.sub(r"\d+[smh%]", dice.choice(["99999999999h", "-3m", "1.5.2s", "5 parsecs", "0s", "%"]), lines[i], count=1)
    else:
        return kind, dice.choice([b"", b"\n", b"\xff\xfe", b"\xef\xbb\xbf", b"version: 1", b"[]", b"{}", b"version: 2\n", b"- a\n- b", b"# nothing", b"\0" * 64])
    return kind, "\n".join(lines).encode("utf-8", "replace")


def small_recording(dice):
    """A sound recording of some 60 rows."""
    topology = {"endpoints": [{"name": "chat", "instances": [{"id": "i-0", "gpus": 2}],
                               "components": [{"name": "assist", "gpusPerCopy": 1, "copies": [{"id": "0", "instance": "i-0", "gpus": [0]}]}]}],
                "entities": ["shop"], "edges": [{"from": "shop", "to": "chat"}]}
    rows = ["time,entity,metric,value"]
    for tick in range(12):
        for entity, metric, value in (("chat/assist", "kv_cache_usage", 0.5), ("chat/assist", "vllm:generation_tokens_total", 100 * tick),
                                      ("chat", "ModelLatency.p99", 2e6), ("chat/i-0/0", "DCGM_FI_DEV_GPU_UTIL", 70), ("shop", "latency", 0.2)):
            rows.append(f"{1_772_000_000 + 10 * tick},{entity},{metric},{value + dice.random():.3f}")
    samples = [json.dumps({"id": f"r{i}", "time": f"2026-02-25T06:13:{20 + i}Z", "endpoint": "chat", "component": "assist",
                           "prompt": "Why?", "response": "Because it is so. " * dice.randint(1, 5)}) for i in range(8)]
    scores = ["time,entity,dimension,score,probability"] + [f"{1_772_000_000 + 10 * i},chat/assist,relevance,{dice.random():.3f},1" for i in range(12)]
    return {"topology.json": json.dumps(topology, indent=1), "metrics.csv": "\n".join(rows) + "\n", "samples.jsonl": "\n".join(samples) + "\n",
            "scores.csv": "\n".join(scores) + "\n"}


FIELDS = ["", "NaN", "inf", "-1e308", "1e999", "abc", "\"", "\"\"\"", "\0", "9" * 40, "2026-13-45T99:99:99Z", "-62135596800", "253402300800", "chat/nobody", "//", "a" * 70000, "é\ud83d", "=1+1"]


def break_recording(dice, files):
    kind = dice.choice(["topology bytes", "topology value", "field", "header", "bytes", "cut", "gzip", "missing", "json", "huge line", "folder", "order", "types"])
    data = {name: text.encode() for name, text in files.items()}
    csv = dice.choice(["metrics.csv", "scores.csv"])
    if kind == "topology bytes":
        raw = bytearray(data["topology.json"])
        for _ in range(dice.randint(1, 5)):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        data["topology.json"] = bytes(raw)
    elif kind == "topology value":
        data["topology.json"] = dice.choice([b"", b"null", b"[]", b"{}", b"1", b"{\"endpoints\": 5}", b"{\"endpoints\":[{\"name\":\"\"}]}", b"{\"endpoints\":[{\"name\":\"a/b\"}]}",
                                             b"[" * 5000, b"{\"endpoints\":[{\"name\":\"chat\",\"components\":[{\"name\":\"x\",\"copies\":99999999}]}]}",
                                             b"{\"endpoints\":[{\"name\":\"chat\"},{\"name\":\"chat\"}]}", b"{\"edges\":[{\"from\":\"x\",\"to\":\"x\"}]}", b"\"\\ud800\""])
    elif kind == "field":
        lines = files[csv].splitlines()
        for _ in range(dice.randint(1, 8)):
            i = dice.randrange(1, len(lines))
            cells = lines[i].split(",")
            cells[dice.randrange(len(cells))] = dice.choice(FIELDS)
            lines[i] = ",".join(cells)
        data[csv] = "\n".join(lines).encode("utf-8", "surrogatepass")
    elif kind == "header":
        data[csv] = b"\n".join([dice.choice([b"", b"time;entity;metric;value", b"entity,metric,value", b"time,time,time", b"\xff\xff", b"," * 500]), *data[csv].split(b"\n")[1:]])
    elif kind == "bytes":
        name = dice.choice(list(data))
        raw = bytearray(data[name])
        for _ in range(dice.randint(1, 20)):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        data[name] = bytes(raw)
    elif kind == "cut":
        name = dice.choice(list(data))
        data[name] = data[name][:dice.randrange(len(data[name]))]
    elif kind == "gzip":
        name = dice.choice(["metrics.csv", "samples.jsonl", "scores.csv"])
        packed = bytearray(gzip.compress(data.pop(name)))
        if dice.random() < 0.5:
            packed = packed[:dice.randrange(len(packed))]
        else:
            packed[dice.randrange(len(packed))] ^= 1 << dice.randrange(8)
        data[name + ".gz"] = bytes(packed)
    elif kind == "missing":
        data.pop(dice.choice(list(data)))
    elif kind == "json":
        lines = files["samples.jsonl"].splitlines()
        lines[dice.randrange(len(lines))] = dice.choice(["{", "null", "[1]", "{\"id\":1}", "{\"id\":\"x\"}", "{\"id\":\"a\",\"time\":\"never\",\"endpoint\":\"chat\",\"response\":\"x\"}",
                                                         "[" * 2000, "{\"id\":\"\\ud800\",\"time\":1772000000,\"endpoint\":\"chat\",\"response\":\"\\udfff\"}"])
        data["samples.jsonl"] = "\n".join(lines).encode()
    elif kind == "huge line":
        data[csv] += b"1772000000,chat," + b"m" * dice.choice([70_000, 300_000]) + b",1\n"
    elif kind == "folder":
        data = {}
    elif kind == "order":
        lines = files["metrics.csv"].splitlines()
        body = lines[1:] * dice.randint(1, 3)
        dice.shuffle(body)
        data["metrics.csv"] = "\n".join([lines[0], *body]).encode()
    else:
        data["metrics.csv"] = data["metrics.csv"].replace(b"0.", dice.choice([b"0,", b"0x", b"--", b"\xc2\xa0"]))
    return kind, data


def call(command):
    """Exit code and what was said; -1: it hung and was ended."""
    try:
        done = subprocess.run([str(c) for c in command], capture_output=True, timeout=PATIENCE, env={**os.environ, "DOTNET_TieredCompilation": "1", "DOTNET_TC_QuickJitForLoops": "1", "DOTNET_gcConcurrent": "0"})
    except subprocess.TimeoutExpired:
        return -1, ""
    return done.returncode, done.stderr.decode("utf-8", "replace") + (done.stdout.decode("utf-8", "replace")[:2000] if done.returncode else "")


def verdict_of_rules(code, said):
    return ("hang" if code == -1 else "crash" if code < 0 or code >= 128 or TRACE.search(said) else
            "accepted" if code == 0 else "no place" if not PLACE.search(said) else "ok" if code == 1 else f"exit {code}")


def verdict_of_recording(code, said):
    # diagnose is asked for a target that the damage may have removed: exit 2 with the reason is right as well.
    return ("hang" if code == -1 else "crash" if code < 0 or code >= 128 or TRACE.search(said) else
            "ok" if code in (0, 3) or (code in (1, 2) and said.strip()) else "no reason")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--rules", type=int, default=500)
    p.add_argument("--recordings", type=int, default=2000)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--keep", action="store_true")
    a = p.parse_args()
    report = common.Report("fuzz", "Bad input: rule files and recordings", a.seed)
    folder = common.work("fuzz")
    shutil.rmtree(folder)
    folder.mkdir()
    shipped = (common.ROOT / "src/Signals/Rules/Defaults/default.yaml").read_text(encoding="utf-8")
    common.binary()
    pool = concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0)))

    def rule_file(number):
        path = folder / f"rules-{number}.yaml"
        # Some mistakes turn out to be none; those are drawn again until the checker objects, at most twenty times.
        for attempt in range(20):
            dice = random.Random(f"{a.seed} rules {number} {attempt}")
            kind, text = break_rules(dice, shipped)
            path.write_bytes(text)
            code, said = call([common.BINARY, "rules", "check", path])
            verdict = verdict_of_rules(code, said)
            if verdict != "accepted":
                break
        if verdict == "ok" and not a.keep:
            path.unlink()
        return kind, verdict, path.name, said[:200]

    def recording(number):
        dice = random.Random(f"{a.seed} recording {number}")
        kind, data = break_recording(dice, small_recording(dice))
        path = folder / f"recording-{number}"
        if kind != "folder":
            path.mkdir()
        for name, raw in data.items():
            (path / name).write_bytes(raw)
        tail = ["--target", dice.choice(["chat/assist", "shop:latency", "chat"]), "--at", "2026-02-25T06:15:00Z"]
        diagnose = dice.random() < 0.3
        code, said = call([common.BINARY, "diagnose", path, *tail] if diagnose else [common.BINARY, "replay", path])
        verdict = verdict_of_recording(code, said)
        if verdict == "ok" and not a.keep:
            shutil.rmtree(path, ignore_errors=True)
        return kind, verdict, path.name, said[:200], code, bool(PLACE.search(said))

    rules = list(pool.map(rule_file, range(a.rules)))
    recordings = list(pool.map(recording, range(a.recordings)))
    bad = [r for r in rules if r[1] != "ok"]
    report.goal(f"{a.rules} malformed rule files: exit 1, a place and a reason", f"{len(bad)} otherwise", "0 otherwise", not bad, "fuzz.py: grainwatch rules check FILE")
    wrong = [r for r in recordings if r[1] != "ok"]
    codes = collections.Counter(r[4] for r in recordings)
    placed = sum(r[5] for r in recordings)
    report.goal(f"{a.recordings} malformed recordings: a reason, never a crash or a hang", f"{len(wrong)} otherwise; exits " + ", ".join(f"{c}: {n}" for c, n in sorted(codes.items()))
                + f"; {placed} named a line", "0 otherwise", not wrong, "fuzz.py: grainwatch replay | diagnose FOLDER")
    for title, rows in (("Rule files", rules), ("Recordings", recordings)):
        kinds = collections.Counter(r[0] for r in rows)
        failed = collections.Counter(r[0] for r in rows if r[1] != "ok")
        report.table(["mistake", "n", "not as wanted"], [(k, n, failed[k]) for k, n in sorted(kinds.items())], title + ":")
    if bad or wrong:
        report.table(["input", "mistake", "verdict", "said"], [(r[2], r[0], r[1], r[3]) for r in (bad + wrong)[:40]], "Not as wanted (kept below artifacts/full/fuzz):")
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
