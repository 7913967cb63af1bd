#!/usr/bin/env bash
# Writes THIRD-PARTY-NOTICES.md anew from the restored packages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
dotnet restore VideoMatte.sln -v q
VIDEOMATTE_WRITE_NOTICES=1 dotnet test tests/VideoMatte.Cli.Tests --filter FullyQualifiedName~NoticesTests
