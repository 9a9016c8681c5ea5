#!/usr/bin/env python3
"""The main job, live: the README's run command, then nothing; and a stock Prometheus that writes for two minutes.

usage: live.py [--minutes 2]      GRAINWATCH_PROMETHEUS, or the Prometheus that ./test.sh unpacked, is the sender

Exit 1 unless, within 60 s of the start, the incident of the bundled recording is on the terminal and in the API with the
pattern and the first cause of its truth, one page is at the webhook and stays the only one; unless the replay says the
same; or when Prometheus had a sample refused, or its series are not in the API.
"""
import argparse
import http.server
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

import common

API = "/api/grainwatch/v1"
PATIENCE = 60


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def get(base, path):
    try:
        with urllib.request.urlopen(base + path, timeout=10) as answer:
            return json.load(answer)
    except (urllib.error.URLError, OSError, ValueError):
        return None


class Hook:
    """Receives what is posted, with the second at which it came."""

    def __init__(self):
        self.posts, self.start = [], time.monotonic()
        hook = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                hook.posts.append((time.monotonic() - hook.start, self.headers.get("Idempotency-Key"), json.loads(body)))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"


class Process:
    """A process of ours: its lines with the second at which each came; ended by its id."""

    def __init__(self, command, log):
        self.start, self.lines, self.log = time.monotonic(), [], open(log, "w", encoding="utf-8")
        self.process = subprocess.Popen([str(c) for c in command], stdout=subprocess.PIPE, stderr=self.log, text=True, cwd=common.ROOT)
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            self.lines.append((time.monotonic() - self.start, line.rstrip()))

    def first(self, *words):
        return next((t for t, line in list(self.lines) if all(w in line for w in words)), None)

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.log.close()


def wait(condition, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.25)
    return condition()


def bundled(report, work):
    truth = json.loads((common.BUNDLED / "truth.json").read_text(encoding="utf-8"))
    hook, port = Hook(), free_port()
    base = f"http://127.0.0.1:{port}"
    shown = f"./grainwatch up --port {port} --webhook {hook.url}"
    up = Process([common.ROOT / "grainwatch", "up", "--port", port, "--fresh", "--data", work / "data", "--webhook", hook.url], work / "up.err")
    try:
        seen = {}

        def ready():
            items = (get(base, f"{API}/incidents") or {}).get("items") or []
            if items and items[-1].get("causes") and "api" not in seen:
                seen["api"] = (time.monotonic() - up.start, items[-1])
            pages = [p for p in hook.posts if p[2].get("status") == "firing"]
            return "api" in seen and up.first("INCIDENT", truth["pattern"][0]) is not None and pages

        wait(ready, PATIENCE)
        at, incident = seen.get("api", (None, {}))
        terminal = up.first("INCIDENT", truth["pattern"][0])
        page = next((t for t, _, body in hook.posts if body.get("status") == "firing"), None)
        number = lambda t: "never" if t is None else f"{t:.1f} s"
        report.goal("incident on the terminal after", number(terminal), "60 s", terminal is not None and terminal <= 60, shown)
        report.goal("incident in the API after", number(at), "60 s", at is not None and at <= 60, f"GET {API}/incidents")
        report.goal("page at the webhook after", number(page), "60 s", page is not None and page <= 60, shown)
        cause = (incident.get("causes") or [{}])[0]
        entity, metric = cause.get("entity"), str(cause.get("metric", "")).split(".")[0]
        right = incident.get("pattern") in truth["pattern"] and entity in truth["firstCause"]["entities"] and metric in truth["firstCause"]["metrics"]
        report.goal("pattern and first cause", f"{incident.get('pattern')}: {entity} {metric}", f"{truth['pattern'][0]}: {truth['firstCause']['entity']} {truth['firstCause']['metric']}", right, f"GET {API}/incidents")
        # Until the recording is over: an hour and a quarter at sixty seconds a second.
        wait(lambda: not [i for i in (get(base, f"{API}/incidents") or {}).get("items") or [] if i["state"] == "open"] and time.monotonic() - up.start > 85, 100)
        pages = {}
        for t, key, body in hook.posts:
            if body.get("status") == "firing":
                pages.setdefault(key, t)
        items = (get(base, f"{API}/incidents") or {}).get("items") or []
        report.goal("by the end of the recording: incidents, pages", f"{len(items)}, {len(pages)}", "1, 1", len(items) == 1 and len(pages) == 1, shown)
        replayed = [json.loads(line) for line in common.run([common.binary(), "replay", common.BUNDLED]).stdout.splitlines()]
        opened = [r for r in replayed if r["type"] == "incident" and r["state"] == "open"]
        first = opened[0] if opened else {"causes": [{}]}
        same = len(items) == len(opened) == 1 and (items[0].get("incidentId") or items[0].get("id")) == first["id"] \
            and items[0]["pattern"] == first["pattern"] and (items[0]["causes"][0]["entity"], items[0]["causes"][0]["metric"]) == (first["causes"][0]["entity"], first["causes"][0]["metric"])
        report.goal("the live run and the replay agree: id, pattern, first cause", "yes" if same else "no", "yes", same, "grainwatch replay recordings/endless-output")
        (work / "up.out").write_text("\n".join(f"{t:7.2f} {line}" for t, line in up.lines), encoding="utf-8")
    finally:
        up.end()


def prometheus(report, work, minutes):
    path = os.environ.get("GRAINWATCH_PROMETHEUS") or common.ROOT / "artifacts/tools/prometheus/usr/bin/prometheus"
    if not pathlib.Path(path).exists():
        report.goal("a stock Prometheus writes", "no Prometheus: run ./test.sh", "0 refused", False, "live.py")
        return
    port, own = free_port(), free_port()
    base, address = f"http://127.0.0.1:{port}", f"127.0.0.1:{own}"
    (work / "prometheus.yml").write_text(f"""global: {{ scrape_interval: 5s }}
scrape_configs:
  - job_name: prometheus
    static_configs: [ {{ targets: ["{address}"] }} ]
remote_write:
  - url: {base}/api/v1/write
""", encoding="utf-8")
    up = Process([common.ROOT / "grainwatch", "up", "--port", port, "--data", work / "data-prometheus", "--no-recording"], work / "up-prometheus.err")
    peer = None
    try:
        wait(lambda: get(base, "/healthz"), PATIENCE)
        peer = Process([path, f"--config.file={work}/prometheus.yml", f"--storage.tsdb.path={work}/tsdb", f"--web.listen-address={address}"], work / "prometheus.err")
        time.sleep(60 * minutes)
        text = urllib.request.urlopen(f"http://{address}/metrics", timeout=10).read().decode()
        count = {n: sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(f"prometheus_remote_storage_{n}"))
                 for n in ("samples_total", "samples_failed_total", "samples_dropped_total", "samples_retried_total")}
        shown = f"prometheus with remote_write for {minutes:g} min"
        refused = count["samples_failed_total"] + count["samples_dropped_total"]
        report.goal("samples refused of those sent", f"{refused:.0f} of {count['samples_total']:.0f} ({count['samples_retried_total']:.0f} tried again)", "0, of more than 0",
                    refused == 0 and count["samples_total"] > 0, shown)
        fleet = (get(base, f"{API}/fleet") or {}).get("items") or []
        series = sum(line.get("series", 0) for line in fleet)
        name = fleet[0]["endpoint"] if fleet else ""
        charts = (get(base, f"{API}/endpoints/{urllib.parse.quote(name, safe='')}/series?metric=up") or {}).get("items") or []
        report.goal("its series in the API", f"{series} series; up has {len(charts[0]['values']) if charts else 0} points", "more than 0", series > 0 and bool(charts), f"GET {API}/endpoints/…/series?metric=up")
    finally:
        if peer:
            peer.end()
        up.end()


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--minutes", type=float, default=2)
    a = p.parse_args()
    report = common.Report("live", "Live: the run command, and a stock Prometheus")
    work = common.work("live")
    bundled(report, work)
    prometheus(report, work, a.minutes)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
