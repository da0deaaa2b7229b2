// Tables of the class "sortable" are put in order by their heads. A head becomes a
// button; what is sorted, and how, is said by aria-sort. Without this file they stay
// as they came.

const NUMBER = /^[^\p{L}\d]*?([+-]?[\d,]*\.?\d+(?:[eE][+-]?\d+)?)/u;
const words = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Make every such table within a node sortable; once made, it is left alone. */
export function makeSortable(node) {
  for (const table of node.querySelectorAll("table.sortable")) {
    const body = table.tBodies[0];
    const heads = table.tHead?.rows[0]?.cells ?? [];
    if (!body || body.rows.length < 2 || table.querySelector("[rowspan], .sort")) continue;
    const first = [...body.rows];
    [...heads].forEach((head, column) => addButton({ head, heads, column, body, first }));
  }
}

function addButton({ head, heads, column, body, first }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sort";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => {
    const next = { ascending: "descending", descending: "none" }[head.getAttribute("aria-sort")] ?? "ascending";
    for (const other of heads) other.removeAttribute("aria-sort");
    if (next !== "none") head.setAttribute("aria-sort", next);
    body.append(...ordered(first, column, head.classList.contains("number"), next));
  });
}

/** The rows in that order; cells without a value stand last in both. */
function ordered(rows, column, isNumber, direction) {
  if (direction === "none") return rows;
  const keyed = rows.map((row) => ({ row, key: keyOf(row.cells[column], isNumber) }));
  const sign = direction === "descending" ? -1 : 1;
  const compare = isNumber ? (a, b) => a - b : words.compare;
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return (a.key === null) - (b.key === null);
    return sign * compare(a.key, b.key);
  });
  return keyed.map(({ row }) => row);
}

function keyOf(cell, isNumber) {
  if (!cell || cell.querySelector(".visually-hidden")?.textContent === "no value") return null;
  const text = cell.textContent.trim();
  if (!isNumber) return text;
  const found = NUMBER.exec(text.replace("−", "-"));
  return found ? Number(found[1].replaceAll(",", "")) : null;
}

makeSortable(document);
