#!/usr/bin/env bash
# Makes the two keys of docker-compose.yml: one for people, which is printed, and one for Prometheus, which is kept beside this file.
# .env gets the lines that the gateways are configured with; they hold hashes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

[ ! -e .env ] || { echo "keys.sh: .env is there already; remove it to make new keys" >&2; exit 1; }
create() { ./grainwatch keys create --id "$1" --scopes "$2" 2> /dev/null; }
key() { printf '%s\n' "$1" | sed -n 1p; }
line() { printf '%s\n' "$1" | sed -n 2p; }

people="$(create people admin)"
prometheus="$(create prometheus ingest,read)"
umask 077
printf '%s' "$(key "$prometheus")" > deploy/compose/prometheus.key
# The container's user is another one than ours.
chmod 644 deploy/compose/prometheus.key
printf 'GRAINWATCH_KEYS="%s,%s"\n' "$(line "$people")" "$(line "$prometheus")" > .env
echo "Your key, shown once. Send it as 'Authorization: Bearer KEY':"
key "$people"
