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

# Prometheus and its node exporter are unpacked beside the build, not installed: nothing starts by itself and the machine
# stays as it was.
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
unpack() {
  if [ ! -x "$tools/$1/usr/bin/$1" ]; then
    need apt-get "the end-to-end tests run Debian's own $1"
    need dpkg "the end-to-end tests run Debian's own $1"
    mkdir -p "$tools/$1"
    (
      cd "$tools"
      apt-get download "$1" >/dev/null 2>&1 || { as_root apt-get update -qq && apt-get download "$1"; }
      dpkg -x "$1"_*.deb "$1"
      rm -f "$1"_*.deb
    )
  fi
}
unpack prometheus
unpack prometheus-node-exporter

# Debian's docker-compose is the 1.29 that the compose file is to be valid for; it runs by Debian's own Python.
if [ ! -x "$tools/docker-compose/usr/bin/docker-compose" ]; then
  need apt-get "the compose file is checked by Debian's docker-compose"
  mkdir -p "$tools/docker-compose/packages"
  (
    cd "$tools/docker-compose/packages"
    packages=(docker-compose $(printf 'python3-%s ' certifi charset-normalizer idna urllib3 chardet requests websocket docker dockerpty \
      docopt dotenv attr pyrsistent jsonschema texttable six yaml distutils setuptools pkg-resources))
    apt-get download "${packages[@]}" >/dev/null 2>&1 || { as_root apt-get update -qq && apt-get download "${packages[@]}"; }
    for package in *.deb; do dpkg -x "$package" ..; done
  )
  rm -rf "$tools/docker-compose/packages"
fi
export GRAINWATCH_DOCKER_COMPOSE="$tools/docker-compose"

export GRAINWATCH_PROMETHEUS="$tools/prometheus/usr/bin/prometheus"
export GRAINWATCH_NODE_EXPORTER="$tools/prometheus-node-exporter/usr/bin/prometheus-node-exporter"

# The moto server stands for SNS, SQS and DynamoDB; where the machine's Python has none, it gets an environment of its own.
export GRAINWATCH_MOTO_PYTHON=python3
if ! python3 -c 'import moto.server' 2>/dev/null; then
  GRAINWATCH_MOTO_PYTHON="$tools/moto/bin/python"
  if [ ! -x "$GRAINWATCH_MOTO_PYTHON" ]; then
    python3 -m venv "$tools/moto"
    "$tools/moto/bin/pip" install --quiet 'moto[server]==5.2.1'
  fi
fi

dotnet build Actors.sln -c Release -v q

rm -rf "$results"
status=0
for project in tests/*.Tests; do
  dotnet test "$project" -c Release --no-build --blame-hang-timeout 5m --blame-hang-dump-type none --filter "Category!=Full" --nologo --logger "trx" --results-directory "$results/$(basename "$project")" || status=1
done

if $full; then
  ./tests/swap.sh || status=1
  ./tests/full.sh || status=1
fi

python3 tests/count.py "$results" || status=1
exit "$status"
