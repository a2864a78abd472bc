// The operators' panel: its forms give their orders without leaving the page, and its buttons follow the live state.

import { fill, words } from "./words.js";
import { say, send } from "./orders.js";
import { reveal, start, write } from "./show.js";
import { suggest } from "./suggest.js";
import "./nudge.js";

const page = document.getElementById("live");
const me = page.dataset.person;
let onTheWay = false;
let alarmsShown = document.getElementById("alarms").children.length ? null : "";

/** The fields of a form as the order's JSON; the pressed button counts, and a tick is true or false. */
function fieldsOf(form, pressed) {
  const fields = Object.fromEntries(new FormData(form, pressed));
  delete fields.csrf_token;
  const tick = form.elements.confirmed;
  if (tick) fields.confirmed = tick.checked;
  if ("to" in fields && fields.act !== "give") delete fields.to;
  return fields;
}

async function give(form, pressed) {
  const { order } = form.dataset;
  say("");
  const done = await send(order, fieldsOf(form, pressed));
  if (!done.ok) return say(done.message, "bad");
  if (order === "sync") form.elements.confirmed.checked = false;
  onTheWay = order === "goto";
  return say(order === "goto" ? words.page.goto_accepted : words.page.accepted, "good");
}

for (const form of document.querySelectorAll("form[data-order]")) {
  if (form.id === "nudge") continue;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    give(form, event.submitter);
  });
}
for (const field of document.querySelectorAll("[data-suggest]")) suggest(field);

function followAbilities(state) {
  for (const place of document.querySelectorAll("[data-can]")) {
    const useless = (place.dataset.unless || "").split(" ").includes(state.motion);
    place.toggleAttribute("hidden", useless || !state.can.includes(place.dataset.can));
  }
  for (const button of document.querySelectorAll('form[data-order="track"] button')) {
    button.setAttribute("aria-pressed", String(button.value === state.tracking));
  }
}

function followHelm({ helm }) {
  const mine = helm !== null && helm.holder === me;
  if (mine) write("helm", words.page.helm_mine);
  else write("helm", helm ? fill(words.page.helm_other, { name: helm.holder }) : words.page.helm_free);
  const asker = helm && helm.asked_by;
  reveal("helm-asked", Boolean(asker));
  write("helm-asked", asker ? fill(words.page.helm_asked, { name: asker }) : "");
  document.getElementById("helm-to").value = asker || "";
  const takeable = page.dataset.role === "admin" ? !mine : !helm;
  const shown = { take: takeable, ask: Boolean(helm) && !mine, give: mine && Boolean(asker), leave: mine };
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

function followSession({ session }) {
  reveal("session", Boolean(session));
  reveal("no-session", !session);
  if (session) document.querySelector('[data-show="session-link"]').href = `/sessions/${encodeURIComponent(session.slug)}`;
}

/** Alarms are sentences with numbers that only the server can say; it is asked for them when they change. */
async function followAlarms({ alarms }) {
  const codes = alarms.map((alarm) => alarm.code).join();
  if (codes === alarmsShown) return;
  alarmsShown = codes;
  try {
    const answer = await fetch("/", { cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("alarms");
    if (fresh) document.getElementById("alarms").replaceChildren(...fresh.children);
  } catch {
    alarmsShown = null;
  }
}

start((state) => {
  followAbilities(state);
  followHelm(state);
  followTarget(state);
  followArrival(state);
  followSession(state);
  followAlarms(state);
});
