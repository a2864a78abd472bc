// The operators' panel: what is shown and what can be pressed follows the live state.

import { fill, number, words } from "./words.js";
import { say } from "./orders.js";
import { reveal, start, write } from "./show.js";
import { suggest } from "./suggest.js";
import "./horizon.js";
import "./nudge.js";

const page = document.getElementById("live");
const me = page.dataset.person;
const DAY_BEGINS = -2; // degrees; above it the Sun is reckoned with
let onTheWay = false;

document.addEventListener("clubscope:given", ({ detail: order }) => {
  if (order === "sync") document.querySelector('[data-order="sync"]').elements.confirmed.checked = false;
  onTheWay = order === "goto";
});
for (const field of document.querySelectorAll("[data-suggest]")) suggest(field);

function followAbilities(state) {
  for (const place of document.querySelectorAll("[data-can]")) {
    const useless = (place.dataset.unless || "").split(" ").includes(state.motion);
    place.toggleAttribute("hidden", useless || !place.dataset.can.split(" ").some((ability) => state.can.includes(ability)));
  }
  for (const button of document.querySelectorAll('form[data-order="track"] button')) {
    button.setAttribute("aria-pressed", String(button.value === state.tracking));
  }
}

function followPier({ pier_side: side }) {
  write("pier-side", words.pier_sides[side] || words.page.no_position);
}

function followHelm({ helm }) {
  const mine = helm !== null && helm.holder === me;
  if (mine) write("helm", words.page.helm_mine);
  else write("helm", helm ? fill(words.page.helm_other, { name: helm.holder }) : words.page.helm_free);
  const asker = helm && helm.asked_by;
  reveal("helm-asked", Boolean(asker));
  const asked = asker === me ? words.page.helm_asked_by_me : words.page.helm_asked;
  write("helm-asked", asker ? fill(asked, { name: asker }) : "");
  reveal("helm-idle", Boolean(helm));
  document.getElementById("helm-to").value = asker || "";
  const takeable = page.dataset.role === "admin" ? !mine : !helm;
  const shown = { take: takeable, ask: Boolean(helm) && !mine && asker !== me, give: mine && Boolean(asker), leave: mine };
  for (const [act, visible] of Object.entries(shown)) {
    document.querySelector(`[data-helm="${act}"]`).toggleAttribute("hidden", !visible);
  }
}

/** "On the way" is not true any more when it has arrived. */
function followArrival({ arrived }) {
  if (onTheWay && arrived) say("");
  if (arrived) onTheWay = false;
}

/** What was gone to is most likely what is centred, unless somebody has typed something else. */
function followTarget({ target }) {
  const field = document.getElementById("sync-target");
  const untouched = field.value === field.defaultValue && document.activeElement !== field;
  if (target && untouched) field.value = field.defaultValue = target.designation;
}

/** A mount that tells nothing is not said to stand still; and one that does may need to be told to follow. */
function followFollowing({ line, motion, tracking }) {
  reveal("not-following", motion === "stopped" && tracking === "off");
  reveal("following-unknown", line === "up" && motion === "unknown" && tracking === null);
}

function followStars({ pointing_stars: count }) {
  reveal("sync-begins-anew", count > 1);
  write("sync-begins-anew", fill(words.page.sync_begins_anew, { count }));
}

function followSession({ session }) {
  reveal("session", Boolean(session));
  reveal("no-session", !session);
  if (session) document.querySelector('[data-show="session-link"]').href = `/sessions/${encodeURIComponent(session.slug)}`;
}

function followSun({ covered, sun }) {
  for (const button of document.querySelectorAll('form[data-order="cover"] button')) {
    button.setAttribute("aria-pressed", String(button.value === String(covered)));
  }
  reveal("sun-row", sun !== null);
  write("sun-altitude", sun ? `${number(sun.altitude_degrees, 1)}°` : "");
  reveal("rate-by-day", sun !== null && sun.altitude_degrees > DAY_BEGINS && page.dataset.role !== "admin");
}

start((state) => {
  followAbilities(state);
  followPier(state);
  followFollowing(state);
  followStars(state);
  followHelm(state);
  followTarget(state);
  followArrival(state);
  followSession(state);
  followSun(state);
});
