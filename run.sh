#!/usr/bin/env bash
# ./run.sh demo | test | VERB ...   builds VideoMatte where something changed and hands over. --yes agrees to what must be installed.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd) cli=src/VideoMatte.Cli
program=$root/$cli/bin/Release/net10.0/videomatte stamp=$root/$cli/obj/run.stamp log=$root/$cli/obj/run.log
sources() { (cd "$root" && find src models \( -name bin -o -name obj \) -prune -o -type f "$@" -print); }
yes=''; for word in "$@"; do if [ "$word" = --yes ]; then yes=--yes; fi; done

install_npm() { # the NuGet feed here has no ONNX Runtime, so the build takes it from npm
  command=$(command -v apt-get >/dev/null && echo 'apt-get install -y --no-install-recommends npm' || echo 'brew install node')
  echo "run.sh: the NuGet feed has no ONNX Runtime, the build needs npm for it: $command" >&2
  if [ -z "$yes" ] && [ -t 0 ]; then read -rp 'Run it? [y/N] ' answer; [[ $answer == [yY]* ]] || exit 2
  elif [ -z "$yes" ] && [ "$(id -u)" != 0 ] && [ "${CI:-}" != true ]; then echo 'run.sh: run it yourself, or give --yes' >&2; exit 2; fi
  $command >&2
}

if [ ! -x "$program" ] || [ "$(sources | cksum)" != "$(cat "$stamp" 2>/dev/null)" ] || [ -n "$(sources -newer "$stamp")" ]; then
  echo 'run.sh: building ...' >&2; mkdir -p "${stamp%/*}"; sources | cksum > "$stamp.new"
  dotnet restore "$root/$cli" > "$log" 2>&1 || { grep -q 'npm pack' "$log" && ! command -v npm >/dev/null && install_npm; } || true
  dotnet build "$root/$cli" -c Release -v q -nologo > "$log" 2>&1 || { cat "$log" >&2; exit 1; }; mv "$stamp.new" "$stamp"
fi
case ${1:-} in demo | test) "$program" doctor --fix $yes >&2 ;; esac
[ "${1:-}" = test ] || exec "$program" "$@"
export DOTNET_CLI_UI_LANGUAGE=en; status=0 # its lines are added up
dotnet test "$root/VideoMatte.sln" -c Release -m:1 --filter 'Category!=Long' 2>&1 | tee "$log" || status=$?
awk -F'[:,]' '/^(Passed|Failed|Skipped)! +- Failed:/ { f += $2; p += $4; s += $6 } END { print p+0 " passed, " f+0 " failed, " s+0 " skipped" }' "$log"
exit "$status"
