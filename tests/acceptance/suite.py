#!/usr/bin/env python3
"""Long runs of the test suite: sizes that `./test.sh` leaves small.

usage: suite.py injection | alerts | broken | detector | remote-write | doors | long | kill | peers | cluster | outages | upgrade

Runs the tests of one subject at the size that is promised, and reports what they print: seed, counts, rates. Exit 1 when
a test fails, is skipped, or none is found. The tests must have been built (Release).
"""
import re
import sys
import xml.etree.ElementTree as xml

import common

NS = "{http://microsoft.com/schemas/VisualStudio/TeamTest/2010}"
CORE, CLUSTER, WHOLE = "tests/Signals.Tests", "tests/Cluster.Tests", "tests/EndToEnd.Tests"

# subject: title, project, filter, environment, the goal, what is wanted, the figures in what the tests print
SUBJECTS = {
    "injection": ("Root cause: a fault injected at every service", CORE, "FullyQualifiedName~Correlation.Injection", {"GRAINWATCH_TEST_STEPS": "500"},
                  "faults at every other service: root cause first", "at least .78, worst service reported", r"(?m)^seed \d+, repeats \d+$|^all: .*$|^  \S.*: n \d+, top-1 .*$"),
    "alerts": ("Alerts: properties over 1,000,000 random steps", CORE, "FullyQualifiedName~Simulation_RandomWorlds", {"GRAINWATCH_TEST_STEPS": "1000000"},
               "A1-A7, A10-A15 hold over 1,000,000 steps", "no violation", r"seed \d+, \d+ steps"),
    "broken": ("Alerts: machines that are broken on purpose", CORE, "FullyQualifiedName~Simulation_BrokenMachine", {},
               "each broken machine is caught", "at least five, all caught", r"(?m)^\w+: seed \d+, step \d+"),
    "detector": ("Quality: false alarms over 10,000 stream-days", CORE, "FullyQualifiedName~FalseAlarmTests", {"GRAINWATCH_STREAM_DAYS": "10000"},
                  "false alarms within the budget of 0.1 a day, adaptive sampling", "within the budget", r"[\d.]+ false (?:drift )?alarms a day, .*budget [\d.]+"),
    "kill": ("Delivery: killed 50 times during overlapping incidents", WHOLE, "FullyQualifiedName~KillTests&Category=Full", {},
             "one FIRING id and one RESOLVED id an incident, at the webhook and at SNS", "all of them", r"(?m)^seed \d+.*$|^\d+ kills in .*$"),
    "cluster": ("Cluster: 100 random faults during 50 overlapping incidents", WHOLE, "FullyQualifiedName~ClusterFaultTests&Category=Full", {},
                "one FIRING id and one RESOLVED id an incident, at the webhook and at SNS; kill -9: a client's gap p99 at most 6 s", "all of them",
                r"(?m)^seed \d+.*$|^\d+ faults in .*$|^\w+: \d+ faults, .*$|^reads: .*$|^webhook: .*$"),
    "outages": ("Cluster: DynamoDB away for 2 minutes, SNS for 10", WHOLE, "FullyQualifiedName~ClusterOutageTests", {},
                "nothing lost, everything sent after, pages during the outage of the store marked unrecorded", "all of them",
                r"(?m)^gone for .*$|^webhook: .*$"),
    "upgrade": ("Cluster: the version before and this one side by side", WHOLE, "FullyQualifiedName~UpgradeTests", {},
                "members replaced one by one, back, and again, during incidents: each is told once", "all of them", r"(?m)^reads: .*$"),
    "long": ("End to end: the whole recording", WHOLE, "Category=Full&FullyQualifiedName~LongUpTests", {},
             "the long end-to-end tests", "all pass", r"(?m)^.*rejected.*$"),
    "peers": ("Peers: a stock Prometheus with a node exporter, and the exporter of OpenTelemetry, five minutes each", WHOLE,
              "Category=Full&FullyQualifiedName~PeerTests", {}, "five minutes of each peer, by its own counters", "0 rejected, 0 retried",
              r"(?m)^\d+ s, .*$"),
    "remote-write": ("Remote write: 10,000 mutated bodies", CLUSTER, "FullyQualifiedName~RemoteWrite", {"GRAINWATCH_TEST_STEPS": "10000"},
                    "10,000 mutated bodies: a reason, never a crash, a hang or a 5xx", "0 otherwise", r"(?mi)^.*\d+.*bod(?:y|ies).*$"),
    "doors": ("Doors: 10,000 mutated bodies at each", CLUSTER, "FullyQualifiedName~DoorFuzz", {"GRAINWATCH_TEST_STEPS": "10000"},
              "10,000 mutated bodies a door and encoding: a reason, never a crash, a hang, a 5xx or growth", "0 otherwise", r"(?mi)^.*\d+.*bod(?:y|ies).*$"),
}


def results(folder):
    """(name, outcome, seconds, printed) of each test."""
    for path in sorted(folder.rglob("*.trx")):
        for node in xml.parse(path).getroot().iter(f"{NS}UnitTestResult"):
            printed = "\n".join(o.text or "" for o in node.iter(f"{NS}StdOut"))
            failure = "\n".join(o.text or "" for o in node.iter(f"{NS}Message"))
            h, m, s = (node.get("duration") or "0:0:0").split(":")
            yield node.get("testName").rsplit(".", 1)[-1], node.get("outcome"), 3600 * int(h) + 60 * int(m) + float(s), (printed + "\n" + failure).strip()


def main():
    if len(sys.argv) != 2 or sys.argv[1] not in SUBJECTS:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    name = sys.argv[1]
    title, project, chosen, environment, goal, wanted, figure = SUBJECTS[name]
    folder = common.work(f"suite-{name}")
    for old in folder.rglob("*.trx"):
        old.unlink()
    seeds = "printed below"
    report = common.Report(name, title, seeds)
    common.run(["dotnet", "test", common.ROOT / project, "-c", "Release", "--no-build", "--nologo", "--filter", chosen, "--logger", "trx",
                "--results-directory", folder], timeout=5400, env=environment)
    tests = list(results(folder))
    passed = [t for t in tests if t[1] == "Passed"]
    figures = [f.strip() for t in tests for f in re.findall(figure, t[3])]
    ok = bool(tests) and len(passed) == len(tests) and (name != "broken" or len(tests) >= 5)
    shown = " ".join(f"{k}={v}" for k, v in environment.items()) + f" dotnet test {project} -c Release --filter {chosen}"
    report.goal(goal, f"{len(passed)} of {len(tests)} tests passed; " + "; ".join(figures[:3 if name == "injection" else 10]), wanted, ok, shown.strip())
    report.table(["test", "outcome", "seconds"], [(n, o, f"{s:.1f}") for n, o, s, _ in tests])
    report.text("What the tests printed:\n\n```\n" + "\n".join(f"{n}\n{p}" for n, _, _, p in tests if p)[:20_000] + "\n```")
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
