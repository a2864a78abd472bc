// The page of the pointing model: follows the target in its field, and fetches the stars again when they have changed.

import { follow } from "./feed.js";
import { suggest } from "./suggest.js";

const model = document.getElementById("model");
const field = document.getElementById("star-target");
const CHANGES_STARS = ["pointing", "sync", "set-mount-clock"];
const AGAIN_AFTER = 5000; // ms between two fetches while the page shows fewer or more stars than there are

let shown = null; // what the live state said of the stars when they were last fetched
let asked = 0;
let askedAt = performance.now();

/** The new stars, with what was unfolded still unfolded, and the focus near where it was. */
function put(html) {
  const unfolded = Array.from(model.querySelectorAll("details[open]"), (part) => part.id);
  const hadFocus = model.contains(document.activeElement);
  model.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.children);
  model.dataset.stars = model.querySelectorAll(".stars > li").length;
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
  if (hadFocus) model.focus();
}

async function fetchStars() {
  const mine = ++asked;
  askedAt = performance.now();
  try {
    const answer = await fetch("/pointing/stars", { cache: "no-store", signal: AbortSignal.timeout(8000) });
    if (!answer.ok) throw new Error(String(answer.status));
    const html = await answer.text();
    if (mine === asked) put(html);
  } catch {
    if (mine === asked) shown = null; // asked again after the next look
  }
}

/** What was gone to is most likely what is centred, unless somebody has typed something else. */
function followTarget({ target }) {
  if (!field || !target) return;
  const untouched = field.value === field.defaultValue && document.activeElement !== field;
  if (untouched) field.value = field.defaultValue = target.designation;
}

/** The number of the stars, and which one is doubtful; the first time it is what the page has come with. */
function keyOf(state) {
  return JSON.stringify([state.pointing_stars, state.alarms.filter((alarm) => alarm.code === "pointing_star_doubtful")]);
}

if (field) suggest(field);

document.addEventListener("clubscope:given", ({ detail: order }) => {
  if (!CHANGES_STARS.includes(order)) return;
  if (field) field.form.elements.confirmed.checked = false;
  fetchStars();
});

/** Stars of an earlier run are shown once the mount has answered, which changes nothing in the live state's count. */
function isBehind(state) {
  return String(state.pointing_stars) !== model.dataset.stars && performance.now() - askedAt > AGAIN_AFTER;
}

follow((state) => {
  followTarget(state);
  const key = keyOf(state);
  if (asked === 0 && shown === null && String(state.pointing_stars) === model.dataset.stars) shown = key;
  if (key === shown && !isBehind(state)) return;
  shown = key;
  fetchStars();
});
