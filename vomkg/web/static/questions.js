// Narrows the list of questions while words are typed; without it the list stays
// whole. Enter still sends the words to be read as a question.

const field = document.getElementById("q");
const list = document.querySelector("[data-filter]");
const left = document.getElementById("left");
const PAUSE = 300; // milliseconds without a key before the count is told

/** The text in small letters without accents. */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Shows what holds every word typed, and returns how many questions that are. */
function narrowed(items, typed) {
  const words = plain(typed).split(/[^\p{L}\p{N}.]+/u).filter(Boolean);
  let count = 0;
  for (const { element, text } of items) {
    const fits = words.every((word) => text.includes(word));
    element.hidden = !fits;
    count += fits ? 1 : 0;
  }
  for (const section of list.querySelectorAll("section")) {
    section.hidden = !section.querySelector("li:not([hidden])");
  }
  return count;
}

/** What a person is told of the list. */
function told(count, all, typed) {
  if (!typed.trim()) {
    return "";
  }
  if (!count) {
    return "No question holds these words. Enter asks in plain words.";
  }
  const noun = count === 1 ? "question" : "questions";
  return `${count} of ${all} ${noun} left. Enter asks in plain words.`;
}

if (field && list && left) {
  const items = [...list.querySelectorAll("li")].map((element) => ({
    element,
    text: plain(`${element.textContent} ${element.dataset.words}`),
  }));
  let waiting = 0;
  const apply = () => {
    const count = narrowed(items, field.value);
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      left.textContent = told(count, items.length, field.value);
    }, PAUSE);
  };
  field.addEventListener("input", apply);
  const hint = document.createElement("p");
  hint.id = "filter-hint";
  hint.className = "small muted";
  hint.textContent = "What you type narrows the list below; Enter asks.";
  left.before(hint);
  if (field.value) {
    apply();
  }
}
