#!/usr/bin/env bash
# Builds the wheel, installs it alone in an empty environment outside the
# checkout and asks it the first question, so that nothing leans on the checkout.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$root/.venv/bin/python" -m build --wheel --no-isolation --outdir "$work/dist" "$root" >"$work/build.log" 2>&1 ||
  { cat "$work/build.log" >&2; exit 1; }
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check \
  --require-hashes --requirement "$root/requirements.txt"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps "$work"/dist/*.whl

cd "$work"
export VOMKG_CACHE="$work/cache" PYTHONSAFEPATH=1
vomkg="$work/env/bin/vomkg"
"$vomkg" --help >/dev/null
"$vomkg" --version
answer=$("$vomkg" run moderators-that-reduce-effect --format csv)
printf '%s\n' "$answer"
[ "$(printf '%s\n' "$answer" | wc -l)" -eq 5 ] || { echo "the wheel gave another answer than 4 rows" >&2; exit 1; }
"$vomkg" validate >/dev/null
"$work/env/bin/python" - <<'EOF'
import hashlib, json, sys
from pathlib import Path

import vomkg.web

web = Path(vomkg.web.__file__).parent
if (web / "editor").exists():
    sys.exit("the wheel holds the sources of the editor")
built = web / "static" / "built"
manifest = json.loads((built / "manifest.json").read_text("utf-8"))
digest = hashlib.sha256((built / manifest["script"]).read_bytes()).hexdigest()
if digest != manifest["sha256"]:
    sys.exit("the editor in the wheel is not the one that was built")
if sorted(path.name for path in built.iterdir()) != sorted(
    ["NOTICE.txt", manifest["script"], "manifest.json"]
):
    sys.exit("the wheel holds more than the editor of this build")
EOF
case "$("$work/env/bin/python" -c 'import vomkg; print(vomkg.__file__)')" in
  "$work"/*) ;;
  *) echo "the wheel under test is not the one that was imported" >&2; exit 1 ;;
esac
echo "the wheel works alone"
