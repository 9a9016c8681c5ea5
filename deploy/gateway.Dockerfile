# One gateway. Build from the root of the repository: docker build -f deploy/gateway.Dockerfile .
ARG DOTNET_IMAGES=mcr.microsoft.com/dotnet
FROM ${DOTNET_IMAGES}/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Gateway/Gateway.csproj -c Release -o /app --nologo

FROM ${DOTNET_IMAGES}/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
USER $APP_UID
EXPOSE 5080
ENTRYPOINT ["./Grainwatch.Gateway"]
