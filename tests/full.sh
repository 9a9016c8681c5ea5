#!/usr/bin/env bash
# Every measurement: what the product promises, on the labelled data and at full size. Writes docs/results.
#
#   GRAINWATCH_DATA=DIR tests/full.sh [STEP...]      all steps, or those named
#
# Expects a Release build. Each step's output goes to artifacts/full/STEP.log; every step runs, and the exit code says whether
# all reached their goals.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ -d "${GRAINWATCH_DATA:-}" ] || { echo "full.sh: GRAINWATCH_DATA does not name the folder of the development data" >&2; exit 2; }
export GRAINWATCH_RESULTS="$PWD/docs/results"
export GRAINWATCH_PROMETHEUS="${GRAINWATCH_PROMETHEUS:-$PWD/artifacts/tools/prometheus/usr/bin/prometheus}"
mkdir -p artifacts/full "$GRAINWATCH_RESULTS"

script() { python3 "tests/acceptance/$1.py" "${@:2}"; }
tests() { dotnet test tests/Signals.Tests -c Release --no-build --nologo --filter "FullyQualifiedName~$1" --logger "console;verbosity=detailed"; }

step() {
  case "$1" in
    rootcause|anomaly|incidents|replay|fuzz|quality) script "$1" ;;
    injection) GRAINWATCH_TEST_STEPS=500 tests Correlation.Injection ;;
    alerts) GRAINWATCH_TEST_STEPS=1000000 tests Alerts.Simulation ;;
    detector) GRAINWATCH_STREAM_DAYS=10000 tests FalseAlarmTests ;;
    remote-write) GRAINWATCH_TEST_STEPS=10000 dotnet test tests/Cluster.Tests -c Release --no-build --nologo --filter "FullyQualifiedName~RemoteWrite" --logger "console;verbosity=detailed" ;;
    long) dotnet test tests/EndToEnd.Tests -c Release --no-build --nologo --filter "Category=Full" --logger "console;verbosity=detailed" ;;
    benchmarks) dotnet run --project tests/Benchmarks -c Release --no-build -- memory && dotnet run --project tests/Benchmarks -c Release --no-build -- windows \
      && dotnet run --project tests/Benchmarks -c Release --no-build -- --filter '*' --job short ;;
    *) echo "full.sh: unknown step '$1'" >&2; return 2 ;;
  esac
}

steps=("$@")
[ "${#steps[@]}" -gt 0 ] || steps=(rootcause anomaly incidents replay fuzz quality injection alerts detector remote-write long benchmarks)
summary="$GRAINWATCH_RESULTS/steps.md"
printf '# Last full run\n\nCommit %s, %s, %s cores. Figures of each step are in the page of its name, or in its log.\n\n| step | reached | seconds |\n|---|---|---|\n' \
  "$(git rev-parse --short HEAD)" "$(date -u +%Y-%m-%d)" "$(nproc)" > artifacts/full/steps.md
status=0
for name in "${steps[@]}"; do
  start=$SECONDS
  if step "$name" > "artifacts/full/$name.log" 2>&1; then reached=yes; else reached=no; status=1; fi
  echo "$name: $reached, $((SECONDS - start)) s"
  printf '| %s | %s | %s |\n' "$name" "$reached" "$((SECONDS - start))" >> artifacts/full/steps.md
done
[ "$#" -gt 0 ] || cp artifacts/full/steps.md "$summary"
exit "$status"
