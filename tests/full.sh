#!/usr/bin/env bash
# Every measurement: what the product promises, on the labelled data and at full size. Writes docs/results.
#
#   GRAINWATCH_DATA=DIR tests/full.sh [STEP...]      all steps, or those named
#
# Expects a Release build. Each step's output goes to artifacts/full/STEP.log and its page to docs/results/STEP.md; every
# step runs, whatever became of the others, and the exit code says whether all reached their goals. The whole takes
# two and a half hours on two cores that do nothing else; fleet, overload and soak, which write below tests/Benchmarks/Results,
# and peers are more than half of it. Steps, and the longest each may take, in minutes:
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
declare -A limits=([live]=10 [replay]=10 [rootcause]=5 [injection]=15 [anomaly]=5 [quality]=10 [incidents]=15 [alerts]=20 [broken]=5
  [detector]=30 [long]=15 [fuzz]=45 [remote-write]=15 [doors]=30 [speed]=10 [benchmarks]=20 [kill]=20 [peers]=25
  [fleet]=60 [soak]=45 [overload]=15 [cluster]=60 [outages]=40 [upgrade]=30)
all=(live replay rootcause injection anomaly quality incidents alerts broken detector fuzz remote-write doors speed long kill peers cluster outages upgrade benchmarks fleet overload soak)

case "${1:-}" in -h|--help) sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; echo "${all[*]}"; exit 0 ;; esac
[ -d "${GRAINWATCH_DATA:-}" ] || { echo "full.sh: GRAINWATCH_DATA does not name the folder of the development data" >&2; exit 2; }
for name in "$@"; do
  [ -n "${limits[$name]:-}" ] || { echo "full.sh: unknown step '$name'; there are: ${all[*]}" >&2; exit 2; }
done
export GRAINWATCH_PROMETHEUS="${GRAINWATCH_PROMETHEUS:-$PWD/artifacts/tools/prometheus/usr/bin/prometheus}"
export GRAINWATCH_NODE_EXPORTER="${GRAINWATCH_NODE_EXPORTER:-$PWD/artifacts/tools/prometheus-node-exporter/usr/bin/prometheus-node-exporter}"
export GRAINWATCH_RESULTS="$PWD/docs/results" PYTHONDONTWRITEBYTECODE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
mkdir -p artifacts/full "$GRAINWATCH_RESULTS"

bench() { dotnet run --project tests/Benchmarks -c Release --no-build -- "$@"; }

# One table for each benchmark, with what it was measured on, below tests/Benchmarks/Results.
benchmarks() {
  local out="artifacts/full/benchmarks" name status=0
  rm -rf "$out"
  bench --filter '*' --job short --inProcess --artifacts "$out" || status=1
  for page in "$out"/results/*-report-github.md; do
    [ -e "$page" ] || { echo "no benchmark gave a table" >&2; return 1; }
    name="$(basename "$page" -report-github.md)"
    { printf '# %s\n\nCommit %s, %s, load %s. `dotnet run -c Release --project tests/Benchmarks -- --filter "*%s*" --job short --inProcess`\n\n' "${name##*.}" \
        "$(git rev-parse --short=12 HEAD)" "$(date -u +%Y-%m-%d)" "$(cut -d' ' -f1 /proc/loadavg)" "${name##*.}"; cat "$page"; } > "tests/Benchmarks/Results/${name##*.}.md"
  done
  { printf '# Memory of windows\n\nCommit %s, %s. `dotnet run -c Release --project tests/Benchmarks -- memory`\n\n' \
      "$(git rev-parse --short=12 HEAD)" "$(date -u +%Y-%m-%d)"; bench memory; } > tests/Benchmarks/Results/memory.md || status=1
  return "$status"
}

# The executables of the version before: of GRAINWATCH_PREVIOUS_REF, else of the newest tag.
previous() {
  local ref="${GRAINWATCH_PREVIOUS_REF:-$(git describe --tags --abbrev=0)}" source="artifacts/previous/source"
  export GRAINWATCH_PREVIOUS="$PWD/artifacts/previous/bin"
  rm -rf artifacts/previous
  git worktree prune
  git worktree add --detach "$source" "$ref" || return 1
  dotnet publish "$source/src/Silo" -c Release -o "$GRAINWATCH_PREVIOUS" --nologo -v q &&
    dotnet publish "$source/src/Gateway" -c Release -o "$GRAINWATCH_PREVIOUS" --nologo -v q
  local status=$?
  git worktree remove --force "$source"
  return "$status"
}

step() {
  case "$1" in
    benchmarks) benchmarks ;;
    fleet|soak|overload) timeout "$2" dotnet run --project tests/Benchmarks -c Release --no-build -- "$1" ;;
    injection|alerts|broken|detector|remote-write|doors|long|kill|peers|cluster|outages) timeout "$2" python3 tests/acceptance/suite.py "$1" ;;
    upgrade) previous && timeout "$2" python3 tests/acceptance/suite.py upgrade ;;
    *) timeout "$2" python3 "tests/acceptance/$1.py" ;;
  esac
}

steps=("$@")
[ "$#" -gt 0 ] || steps=("${all[@]}")
status=0
for name in "${steps[@]}"; do
  start=$SECONDS
  if step "$name" "${limits[$name]}m" > "artifacts/full/$name.log" 2>&1; then reached=reached; else reached=MISSED; status=1; fi
  printf '%-14s %-8s %5d s   artifacts/full/%s.log\n' "$name" "$reached" "$((SECONDS - start))" "$name"
done
python3 tests/acceptance/summary.py "$GRAINWATCH_RESULTS" > artifacts/full/summary.log || status=1
sed -n '/^Missed/,/^| step/p' artifacts/full/summary.log | sed '$d'
exit "$status"
