#!/usr/bin/env bash
# Rehearses the swap to the official packages of Orleans for DynamoDB, which the package source of this build lacks: packs
# stand-ins of both under their names, then builds and runs one program against ours and against them. About a minute.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root="$PWD"
work="$root/artifacts/swap"
version=10.4.2-standin

# The stand-ins stay out of the packages that other builds see.
forget() {
  local packages
  packages="$(dotnet nuget locals global-packages -l | sed 's/^.*: //')"
  rm -rf "${packages:?}/microsoft.orleans.clustering.dynamodb/$version" "${packages:?}/microsoft.orleans.persistence.dynamodb/$version"
}
trap forget EXIT
forget
rm -rf "$work"
mkdir -p "$work/feed" "$work/program"

# The packages are two: each has the sources of its part, and its own copy of what both use.
pack() {
  mkdir -p "$work/$1"
  cat >"$work/$1/$1.csproj" <<EOF
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <AssemblyName>Orleans.$1.DynamoDB</AssemblyName>
    <PackageId>Microsoft.Orleans.$1.DynamoDB</PackageId>
    <Version>$version</Version>
    <IsPackable>true</IsPackable>
    <RestorePackagesWithLockFile>false</RestorePackagesWithLockFile>
    <RunAnalyzers>false</RunAnalyzers>
    <EnforceCodeStyleInBuild>false</EnforceCodeStyleInBuild>
  </PropertyGroup>
  <ItemGroup>
    <Compile Include="$root/src/Orleans.DynamoDB/**/*.cs" Exclude="$root/src/Orleans.DynamoDB/obj/**;$root/src/Orleans.DynamoDB/bin/**;$2" />
    <PackageReference Include="AWSSDK.DynamoDBv2" />
    <PackageReference Include="Microsoft.Orleans.Runtime" />
    <PackageReference Include="Microsoft.Orleans.Sdk" />
  </ItemGroup>
</Project>
EOF
  dotnet pack "$work/$1/$1.csproj" -c Release -v q -nologo -o "$work/feed"
}
from="$root/src/Orleans.DynamoDB"
pack Clustering "$from/Storage/**;$from/Configuration/*Storage*.cs;$from/Hosting/*Storage*.cs"
pack Persistence "$from/Clustering/**;$from/Configuration/DynamoDBClustering*.cs;$from/Configuration/DynamoDBGateway*.cs;$from/Hosting/Aws*.cs;$from/Hosting/DynamoDBClustering*.cs"

cat >"$work/program/program.csproj" <<'EOF'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <RestorePackagesWithLockFile>false</RestorePackagesWithLockFile>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.Orleans.Client" />
    <PackageReference Include="Microsoft.Orleans.Server" />
    <OrleansDynamoDB Include="Clustering" />
    <OrleansDynamoDB Include="Persistence" />
  </ItemGroup>
</Project>
EOF
cat >"$work/program/Program.cs" <<'EOF'
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Storage;

HostApplicationBuilder silo = Host.CreateApplicationBuilder();
silo.UseOrleans(s => s
    .UseDynamoDBClustering((DynamoDBClusteringOptions o) => (o.Service, o.TableName, o.UseProvisionedThroughput, o.CreateIfNotExists, o.UpdateIfExists) = ("eu-west-1", "t", false, false, false))
    .AddDynamoDBGrainStorageAsDefault((DynamoDBStorageOptions o) => (o.Service, o.ServiceId, o.TimeToLive, o.DeleteStateOnClear) = ("eu-west-1", "s", null, false)));
using IHost host = silo.Build();
HostApplicationBuilder client = Host.CreateApplicationBuilder();
client.UseOrleansClient(c => c.UseDynamoDBClustering((DynamoDBGatewayOptions o) => o.Service = "eu-west-1"));
using IHost gateway = client.Build();
Console.WriteLine($"{host.Services.GetRequiredService<IMembershipTable>().GetType().Assembly.GetName().Name} {host.Services.GetRequiredService<IGrainStorage>().GetType().Assembly.GetName().Name}");
EOF

run() {
  local found
  dotnet build "$work/program/program.csproj" -c Release -v q -nologo "${@:2}"
  found="$(dotnet "$(find "$work/program/bin" -name 'Grainwatch.program.dll' | head -1)")"
  rm -rf "$work/program/bin" "$work/program/obj"
  [ "$found" = "$1" ] || { echo "swap.sh: '$found' instead of '$1'" >&2; exit 1; }
  echo "$found"
}
run "Grainwatch.Orleans.DynamoDB Grainwatch.Orleans.DynamoDB"
run "Orleans.Clustering.DynamoDB Orleans.Persistence.DynamoDB" \
  -p:OfficialOrleansDynamoDB=true -p:OfficialOrleansDynamoDBVersion=$version "-p:RestoreAdditionalProjectSources=$work/feed"
