// Forms marked data-order give their order without leaving the page, also those that come into it later.

import { say, send } from "./orders.js";
import { words } from "./words.js";

/** The fields of a form as the order's JSON; the pressed button counts, and a tick is true or false. */
function fieldsOf(form, pressed) {
  const fields = Object.fromEntries(new FormData(form, pressed));
  delete fields.csrf_token;
  delete fields.next;
  for (const tick of form.querySelectorAll('input[type="checkbox"]')) fields[tick.name] = tick.checked;
  if ("covered" in fields) fields.covered = fields.covered === "true";
  if ("to" in fields && fields.act !== "give") delete fields.to;
  return fields;
}

async function give(form, pressed) {
  const { order } = form.dataset;
  say("");
  const done = await send(order, fieldsOf(form, pressed));
  if (!done.ok) return say(done.message, "bad");
  document.dispatchEvent(new CustomEvent("clubscope:given", { detail: order }));
  return say(order === "goto" ? words.page.goto_accepted : words.page.accepted, "good");
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-order]");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  give(form, event.submitter);
});
