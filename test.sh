#!/usr/bin/env bash
# Installs what the tests need, builds, and runs the tests; ends with the line "N passed, N failed".
#
#   ./test.sh                  the suite (under 15 minutes on two cores)
#   ./test.sh --full           the suite, then every measurement; writes docs/results. Needs GRAINWATCH_DATA, the folder
#                              of the labelled development data sets.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

full=false
for argument in "$@"; do
  case "$argument" in
    --full) full=true ;;
    -h|--help) sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
    *) echo "test.sh: unknown argument '$argument'" >&2; exit 2 ;;
  esac
done

need() { command -v "$1" >/dev/null 2>&1 || { echo "test.sh: '$1' is missing: $2" >&2; exit 1; }; }
need dotnet "install the .NET 10 SDK"
need python3 "install Python 3"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
tools="$PWD/artifacts/tools"
results="$PWD/artifacts/test-results"

# Prometheus is unpacked beside the build, not installed: nothing starts by itself and the machine stays as it was.
if [ ! -x "$tools/prometheus/usr/bin/prometheus" ]; then
  need apt-get "the end-to-end tests run Debian's own Prometheus"
  need dpkg "the end-to-end tests run Debian's own Prometheus"
  mkdir -p "$tools/prometheus"
  as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
  (
    cd "$tools"
    apt-get download prometheus >/dev/null 2>&1 || { as_root apt-get update -qq && apt-get download prometheus; }
    dpkg -x prometheus_*.deb prometheus
    rm -f prometheus_*.deb
  )
fi
export GRAINWATCH_PROMETHEUS="$tools/prometheus/usr/bin/prometheus"

# The moto server stands for SNS and SQS; where the machine has none, it gets an environment of its own.
if [ -z "${GRAINWATCH_MOTO:-}" ]; then
  GRAINWATCH_MOTO="$(command -v moto_server || true)"
  if [ -z "$GRAINWATCH_MOTO" ]; then
    GRAINWATCH_MOTO="$tools/moto/bin/moto_server"
    if [ ! -x "$GRAINWATCH_MOTO" ]; then
      python3 -m venv "$tools/moto"
      "$tools/moto/bin/pip" install --quiet 'moto[server]==5.2.1'
    fi
  fi
fi
export GRAINWATCH_MOTO

dotnet build Actors.sln -c Release -v q

rm -rf "$results"
status=0
for project in tests/*.Tests; do
  dotnet test "$project" -c Release --no-build --filter "Category!=Full" --nologo --logger "trx" --results-directory "$results/$(basename "$project")" || status=1
done

if $full; then
  ./tests/full.sh || status=1
fi

python3 tests/count.py "$results" || status=1
exit "$status"
