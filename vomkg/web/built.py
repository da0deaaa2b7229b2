"""Where the script of the editor is, if it was built.

``make editor`` builds it; a wheel has it. Without it the query page is a plain form.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "static" / "built"
# Nothing else may come into a page by the manifest.
_NAME: Final = re.compile(r"editor-[0-9a-f]{16}\.js")


def editor_script(folder: Path = FOLDER) -> str | None:
    """The name of the script in the folder of static files; None if it is not there.

    Args:
        folder: where the build put it.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        name = manifest["script"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    is_there = (
        isinstance(name, str) and _NAME.fullmatch(name) and (folder / name).is_file()
    )
    return f"{folder.name}/{name}" if is_there else None


# Asked for every page; a build while a server runs is seen at its next start.
shipped_script = cache(editor_script)
