#!/usr/bin/env python3
"""Adds up the test results below a folder and prints "N passed, N failed" as the last line.

usage: count.py FOLDER

Reads every .trx file. A run that was cut off, as by a test that hangs, counts as one that failed: its other results say nothing
of it. Exit 1 when a test failed, or when no test ran at all.
"""
import pathlib
import sys
import xml.etree.ElementTree as xml

NS = "{http://microsoft.com/schemas/VisualStudio/TeamTest/2010}"


def main():
    passed = failed = skipped = 0
    for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.trx")):
        root = xml.parse(path).getroot()
        before = failed
        for result in root.iter(f"{NS}UnitTestResult"):
            outcome = result.get("outcome")
            if outcome == "Passed":
                passed += 1
            elif outcome == "NotExecuted":
                skipped += 1
                print(f"skipped: {result.get('testName')}")
            else:
                failed += 1
                print(f"failed: {result.get('testName')}")
        if failed == before and root.find(f"{NS}ResultSummary").get("outcome") != "Completed":
            failed += 1
            print(f"failed: {path.parent.name} was cut off")
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
