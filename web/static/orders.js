// Hands orders to the server and says in the live region of the page what came of them.

import { words } from "./words.js";

const place = document.getElementById("order-message");
const token = document.querySelector('meta[name="csrf-token"]').content;

export function say(sentence, mood = "") {
  place.className = `order-message ${mood}`;
  place.textContent = sentence;
}

/** POSTs one order; returns {ok, status, code, message}, and never throws: a network that fails is an answer too. */
export async function send(order, fields = {}, options = {}) {
  try {
    const answer = await fetch(`/api/orders/${order}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": token },
      body: JSON.stringify(fields),
      credentials: "same-origin",
      signal: AbortSignal.timeout(8000),
      ...options,
    });
    const said = await answer.json().catch(() => ({})); // read to its end, or the time-out would abort it later
    if (answer.ok) return { ok: true };
    const message = said.message || (answer.status === 401 ? words.page.signed_out : words.page.unreachable);
    return { ok: false, code: said.code || String(answer.status), message };
  } catch (wrong) {
    const code = wrong.name === "AbortError" ? "let_go" : "unreachable";
    return { ok: false, status: 0, code, message: words.page.unreachable };
  }
}
