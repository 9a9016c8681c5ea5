#!/usr/bin/env python3
"""Writes a large recording: a fleet of endpoints with 88 series each, ten seconds apart.

usage: fleet.py FOLDER [--endpoints 16] [--ticks 3600] [--seed 1] [--packed]

An endpoint has two components of 16 series, one instance of 4 with 8 GPUs of 6, and 4 series of its own. Levels wander
inside what is healthy, so that the rules are judged and hardly anything fires. Prints the number of points.
"""
import argparse
import gzip
import json
import pathlib
import random

# metric, level, noise, decimals
COMPONENT = [("requests", 400, 40, 0), ("concurrency", 24, 3, 0), ("requests_running", 22, 3, 0), ("queue_depth", 0.4, 0.6, 0),
             ("kv_cache_usage", 0.55, 0.02, 3), ("preemptions", 0, 0, 0), ("generation_tokens_per_second", 900, 40, 1),
             ("prompt_tokens_per_second", 4000, 200, 1), ("latency.p50", 2.1, 0.05, 3), ("latency.p99", 6.4, 0.2, 3),
             ("ttft.p99", 0.8, 0.05, 3), ("inter_token_latency.p99", 0.05, 0.002, 4), ("errors_5xx", 0, 0, 0),
             ("errors_4xx", 1, 1, 0), ("memory_usage", 0.4, 0.01, 3), ("cpu_utilization", 0.3, 0.03, 3)]
GPU = [("gpu_utilization", 0.7, 0.05, 3), ("gpu_memory_usage", 0.8, 0.002, 3), ("gpu_temperature", 62, 1.5, 0),
       ("gpu_power", 280, 10, 1), ("ecc_uncorrectable", 0, 0, 0), ("gpu_clock_throttle", 0, 0, 0)]
INSTANCE = [("cpu_utilization", 0.3, 0.03, 3), ("memory_usage", 0.4, 0.005, 3), ("disk_usage", 0.5, 0.001, 3), ("network_in", 1e6, 5e4, 0)]
ENDPOINT = [("requests", 800, 60, 0), ("errors_5xx", 0, 0, 0), ("latency.p50", 2.1, 0.05, 3), ("latency.p99", 6.4, 0.2, 3)]
START = 1_772_000_000


def columns(endpoint):
    """(entity, metric, level, noise, decimals) of every series of an endpoint."""
    owners = [(endpoint, ENDPOINT)] + [(f"{endpoint}/{c}", COMPONENT) for c in ("assist", "draft")]
    owners += [(f"{endpoint}/i-0", INSTANCE)] + [(f"{endpoint}/i-0/{g}", GPU) for g in range(8)]
    return [(entity, *metric) for entity, metrics in owners for metric in metrics]


def write(folder, endpoints=16, ticks=3600, seed=1, packed=False):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"fleet-{i:02}" for i in range(endpoints)]
    topology = {"endpoints": [{"name": n, "instanceType": "ml.p5.48xlarge", "instances": [{"id": "i-0", "gpus": 8}],
                               "components": [{"name": c, "gpusPerCopy": 4,
                                               "copies": [{"id": "0", "instance": "i-0", "gpus": list(range(g, g + 4))}]}
                                              for c, g in (("assist", 0), ("draft", 4))]} for n in names]}
    (folder / "topology.json").write_text(json.dumps(topology), encoding="utf-8")
    dice = random.Random(seed)
    # Every series draws its next texts from a ring of its own: as varied as needed, and quick to write.
    series = []
    for name in names:
        for entity, metric, level, noise, decimals in columns(name):
            ring = [f",{entity},{metric},{max(0.0, level + noise * dice.uniform(-1, 1)):.{decimals}f}\n" for _ in range(61 + dice.randrange(40))]
            series.append(ring)
    path = folder / ("metrics.csv.gz" if packed else "metrics.csv")
    with (gzip.open(path, "wt", encoding="ascii", compresslevel=1) if packed else open(path, "w", encoding="ascii")) as f:
        f.write("time,entity,metric,value\n")
        for tick in range(ticks):
            time = str(START + 10 * tick)
            f.write("".join([time + ring[tick % len(ring)] for ring in series]))
    return len(series) * ticks


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("folder")
    p.add_argument("--endpoints", type=int, default=16)
    p.add_argument("--ticks", type=int, default=3600)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--packed", action="store_true")
    a = p.parse_args()
    print(write(a.folder, a.endpoints, a.ticks, a.seed, a.packed))
