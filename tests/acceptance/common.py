"""What the acceptance scripts share: where things are, how a command is run, and how a result is told.

A script makes one Report, says of each goal what was measured, and ends with the report's exit code. The same text goes
to standard output and, where GRAINWATCH_RESULTS names a folder, to NAME.md in it. Python 3, standard library only.
"""
import datetime
import os
import pathlib
import platform
import resource
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("GRAINWATCH_BINARY", ROOT / "src/Cli/bin/Release/net10.0/grainwatch"))
BUNDLED = ROOT / "recordings/endless-output"
WORK = ROOT / "artifacts/full"

GOALS = ["goal", "figure", "wanted", "reached", "command"]


def data():
    """The folder of the labelled development data sets."""
    folder = os.environ.get("GRAINWATCH_DATA")
    if not folder or not os.path.isdir(folder):
        raise SystemExit("GRAINWATCH_DATA does not name the folder of the development data sets")
    return pathlib.Path(folder)


def binary():
    """The command line, which must have been built."""
    if not BINARY.exists():
        raise SystemExit(f"{BINARY.name} is not built: dotnet build src/Cli -c Release")
    return str(BINARY)


def work(name):
    """A folder for what a script makes; not under version control."""
    folder = WORK / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def run(command, timeout=300, stdin=None, cwd=None, env=None):
    """Runs a command to its end. Its texts are bytes decoded leniently: nothing it prints can break the caller."""
    done = subprocess.run([str(c) for c in command], capture_output=True, timeout=timeout, cwd=cwd, input=stdin,
                          env=None if env is None else {**os.environ, **env})
    done.stdout, done.stderr = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    return done


def cores():
    return sorted(os.sched_getaffinity(0))


def timed(command, core=None, timeout=600):
    """Runs a command, on one core or on all; wall seconds, CPU seconds (user and system), and the finished process."""
    command = [str(c) for c in command]
    if core is not None:
        command = ["taskset", "-c", str(core)] + command
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = run(command, timeout=timeout)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done


def commit():
    """The commit that is measured; "+" behind it: with changes that are not in it."""
    try:
        head = run(["git", "rev-parse", "--short=12", "HEAD"], cwd=ROOT).stdout.strip()
        changed = run(["git", "status", "--porcelain", "--", "src", "tests", "tools", "recordings",
                       ":!tests/Benchmarks/Results"], cwd=ROOT).stdout.strip()
    except OSError:
        head = ""
    return (head + ("+" if changed else "")) if head else "unknown"


def machine():
    """What was measured on, without a name."""
    cores = len(os.sched_getaffinity(0))
    load = os.getloadavg()[0]
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as f:
            model = next((line.split(":", 1)[1].strip() for line in f if line.startswith("model name")), "")
    except OSError:
        model = ""
    return f"{cores} cores {platform.machine()}{' (' + model + ')' if model else ''}, load {load:.1f}"


class Report:
    """Collects goals and tables, prints them, and writes the page."""

    def __init__(self, name, title, seed="none"):
        self.name, self.title, self.seed = name, title, seed
        self.rows, self.parts = [], []
        self.start = time.monotonic()
        self.date = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
        self.where = machine()
        self.commit = commit()

    def goal(self, what, figure, wanted, reached, command):
        """One goal: what was wanted, what it came to, and how to see it again. reached None: stated, not judged."""
        self.rows.append([what, figure, wanted, {True: "yes", False: "NO", None: "stated"}[reached], f"`{command}`"])
        return reached

    def text(self, text):
        self.parts.append(text)

    def table(self, header, rows, title=None):
        self.parts.append((f"{title}\n\n" if title else "") + table(header, rows))

    def finish(self):
        """Prints the report, writes its page, and returns the exit code."""
        took = time.monotonic() - self.start
        head = (f"# {self.title}\n\nCommit {self.commit}, seed {self.seed}, {self.date}, {self.where}, "
                f"took {took:.0f} s.\n")
        text = head + "\n" + table(GOALS, self.rows) + "".join("\n" + p.rstrip("\n") + "\n" for p in self.parts)
        print(text)
        if os.environ.get("GRAINWATCH_RESULTS"):
            page = pathlib.Path(os.environ["GRAINWATCH_RESULTS"]) / f"{self.name}.md"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, encoding="utf-8")
        missed = [r[0] for r in self.rows if r[3] == "NO"]
        if missed:
            print("missed: " + "; ".join(missed), file=sys.stderr)
        return 1 if missed or not self.rows else 0


def table(header, rows):
    """A table in Markdown."""
    def line(cells):
        return "| " + " | ".join(str(c).replace("|", "\\|").replace("\n", " ") for c in cells) + " |\n"
    return line(header) + "|" + "---|" * len(header) + "\n" + "".join(line(r) for r in rows)
