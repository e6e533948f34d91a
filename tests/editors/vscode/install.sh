#!/usr/bin/env bash
# Brings what the tests in a real VS Code need into the folder DIR: VS Code's server and window, and a driver for the
# browser that shows the window, all from npm; with --system also the browser, from Debian, where it is missing.
#
#     tests/editors/vscode/install.sh [--system] [DIR]
#
# A second run finds everything there. Ends with 77 where something is missing that this script may not or cannot bring.
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
system=
if [ "${1:-}" = --system ]; then system=1; shift; fi
dir=${1:-$root/target/editors/vscode}

missing() { echo "$1" >&2; exit 77; }

command -v node >/dev/null && command -v npm >/dev/null || missing "node and npm (20 or later) are not installed"
browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
if ! browser >/dev/null; then
    [ -n "$system" ] || missing "chromium is not installed (Debian: apt-get install chromium)"
    as_root=
    [ "$(id -u)" = 0 ] || as_root=sudo
    { $as_root apt-get update -q && $as_root apt-get install -qy --no-install-recommends chromium; } >/dev/null ||
        missing "chromium cannot be installed"
fi

# The newest release of this package that runs on node 20 is VS Code 1.100.
wanted="code-server@4.100.3 playwright-core@1.65.1"
if [ "$(cat "$dir/installed" 2>/dev/null)" != "$wanted" ]; then
    mkdir -p "$dir"
    echo '{ "private": true }' >"$dir/package.json"
    # Scripts of these packages build what no test needs, and download.
    quiet="--ignore-scripts --no-audit --no-fund --loglevel=error"
    # shellcheck disable=SC2086
    (cd "$dir" && npm install $quiet $wanted && cd node_modules/code-server/lib/vscode && npm install $quiet --omit=dev) ||
        missing "npm cannot install $wanted"
    echo "$wanted" >"$dir/installed"
fi

# The extension is built in a copy, so that a test run leaves the checkout as it was.
mkdir -p "$dir/extension"
browser >"$dir/browser"
(cd "$root/editors/vscode" && tar -cf - --exclude=./node_modules --exclude=./dist --exclude=./server --exclude='*.vsix' .) |
    tar -xf - -C "$dir/extension"
if ! cmp -s "$dir/extension/package-lock.json" "$dir/locked"; then
    (cd "$dir/extension" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) ||
        missing "npm cannot install what the extension is built with"
    cp "$dir/extension/package-lock.json" "$dir/locked"
fi
