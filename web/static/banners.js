// What every page says at once: a declared filter, a covered tube, and for volunteers the alarms. The sentences with
// their numbers are the server's; they are fetched when the live state says that something there has changed.

import { follow } from "./feed.js";

const place = document.getElementById("banners");
const AGAIN_AFTER = 1000; // ms between two fetches, however fast the numbers change
const CROWD = place.dataset.crowd === "yes" ? 700 : 0; // ms over which many visitors spread their questions

let latest = null;
let shown = null;
let waiting = false;

function keyOf(state) {
  return JSON.stringify([state.solar, state.covered, place.dataset.crowd === "yes" ? [] : state.alarms]);
}

/** What the page has been sent with is not fetched again. */
function isShownAlready(state) {
  const said = Array.from(place.querySelectorAll("[data-banner]"), (banner) => banner.dataset.banner);
  const alarms = place.dataset.crowd === "yes" ? [] : state.alarms.map((alarm) => alarm.code);
  const wanted = [...alarms, state.solar && "solar", state.covered && "covered"].filter(Boolean);
  return said.join() === wanted.join();
}

/** Puts the new banners in; one that says the same stays as it is, with the focus that may be on its button. */
function put(fresh) {
  const old = new Map(Array.from(place.children, (banner) => [banner.dataset.banner, banner]));
  const banners = fresh.map((banner) => {
    const before = old.get(banner.dataset.banner);
    return before && before.textContent === banner.textContent ? before : banner;
  });
  if (banners.length === place.children.length && banners.every((banner, at) => banner === place.children[at])) return;
  for (const banner of [...place.children]) if (!banners.includes(banner)) banner.remove();
  banners.forEach((banner, at) => {
    if (place.children[at] !== banner) place.insertBefore(banner, place.children[at] || null);
  });
}

async function fetchBanners() {
  try {
    const answer = await fetch("/banners", { cache: "no-store", signal: AbortSignal.timeout(4000) });
    if (!answer.ok) throw new Error(String(answer.status));
    put([...new DOMParser().parseFromString(await answer.text(), "text/html").body.children]);
  } catch {
    shown = null; // asked again after the next look
  }
}

function look() {
  const key = keyOf(latest);
  if (shown === null && isShownAlready(latest)) shown = key;
  if (key === shown || waiting) return;
  shown = key;
  waiting = true;
  setTimeout(fetchBanners, Math.random() * CROWD);
  setTimeout(() => {
    waiting = false;
    look(); // what came meanwhile
  }, AGAIN_AFTER);
}

follow((state) => {
  latest = state;
  look();
});
