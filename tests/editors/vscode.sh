#!/usr/bin/env bash
# Runs the extension in a real VS Code: its own tests in the extension host, then a writer's way through the window, with
# the packed extension installed. Screenshots of the window are left in target/editors/vscode/shots.
#
#     COPYDESK_BIN=target/debug/copydesk tests/editors/vscode.sh
#
# Ends with 77, and says why, where the tools are missing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
dir=$root/target/editors/vscode
COPYDESK_BIN=$(realpath "${COPYDESK_BIN:-$root/target/debug/copydesk}")
export COPYDESK_BIN

"$here/vscode/install.sh" "$dir"

cd "$dir/extension"
mkdir -p test
cp "$here/vscode/suite.ts" test/
rm -f ./*.vsix
npm run --silent package
npx esbuild test/suite.ts --bundle --platform=node --format=cjs --external:vscode --outfile=test/suite.js --log-level=warning

node "$here/vscode/run.mjs" "$dir" "$here/vscode/workspace"
