# One silo. Build from the root of the repository: docker build -f deploy/silo.Dockerfile .
ARG DOTNET_IMAGES=mcr.microsoft.com/dotnet
FROM ${DOTNET_IMAGES}/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Silo/Silo.csproj -c Release -o /app --nologo

FROM ${DOTNET_IMAGES}/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
# What must survive a crash is in DynamoDB: nothing is written here.
USER $APP_UID
# Other silos, gateways, and its own health and metrics.
EXPOSE 11111 30000 8081
ENTRYPOINT ["./Grainwatch.Silo"]
