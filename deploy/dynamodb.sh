#!/usr/bin/env bash
# Makes the two tables of a cluster with the AWS command line, paid for by request, with recovery to a point in time for what is stored.
#
#   deploy/dynamodb.sh [MEMBERSHIP_TABLE [STATE_TABLE]]
set -euo pipefail
members="${1:-GrainwatchSilos}"
state="${2:-GrainwatchState}"
aws dynamodb create-table --table-name "$members" --billing-mode PAY_PER_REQUEST \
  --attribute-definitions AttributeName=DeploymentId,AttributeType=S AttributeName=SiloIdentity,AttributeType=S \
  --key-schema AttributeName=DeploymentId,KeyType=HASH AttributeName=SiloIdentity,KeyType=RANGE > /dev/null
aws dynamodb create-table --table-name "$state" --billing-mode PAY_PER_REQUEST \
  --attribute-definitions AttributeName=GrainReference,AttributeType=S AttributeName=GrainType,AttributeType=S \
  --key-schema AttributeName=GrainReference,KeyType=HASH AttributeName=GrainType,KeyType=RANGE > /dev/null
aws dynamodb wait table-exists --table-name "$members"
aws dynamodb wait table-exists --table-name "$state"
aws dynamodb update-continuous-backups --table-name "$state" --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true > /dev/null
echo "made $members and $state"
