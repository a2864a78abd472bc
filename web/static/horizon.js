// The picture of the horizon: the panel fetches it when everything else is there, and the telescope's dot follows.

import { follow } from "./feed.js";

async function fetchPicture(place) {
  const answer = await fetch("/horizon", { cache: "no-store", signal: AbortSignal.timeout(8000) });
  if (!answer.ok) return;
  place.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.children);
  place.hidden = false;
}

follow(({ position }) => {
  const dot = document.querySelector('[data-show="horizon-telescope"]');
  if (!dot) return;
  dot.toggleAttribute("hidden", !position);
  if (!position) return;
  const up = Number(dot.closest("svg").dataset.up);
  dot.setAttribute("transform", `translate(${position.azimuth_degrees} ${-position.altitude_degrees * up})`);
});

const empty = document.getElementById("horizon");
if (empty) fetchPicture(empty).catch(() => {}); // without it there is the link to the page of the limits
