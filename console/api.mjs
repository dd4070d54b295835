// The key is the part of the address after #, which no browser sends; it is kept for this tab alone.

const given = /^#key=(.*)$/.exec(location.hash)?.[1];
if (given) {
  remember(decodeURIComponent(given));
  history.replaceState(null, "", "#/invocations");
}

/** @param {string} key */
export function remember(key) {
  sessionStorage.setItem("key", key);
}

/**
 * Asks the emulator.
 * @param {string} path
 * @param {RequestInit} [options]
 */
export function ask(path, options = {}) {
  const key = sessionStorage.getItem("key");
  const headers = { ...(key ? { "x-emulator-token": key } : {}), "content-type": "application/json" };
  return fetch(`/_emulator/${path}`, { ...options, headers });
}

/**
 * What the emulator replies, or an error with its sentence.
 * @param {string} path
 * @param {RequestInit} [options]
 */
export async function askJson(path, options) {
  const reply = await ask(path, options);
  const body = await reply.json();
  if (!reply.ok) throw new Error(body.message);
  return body;
}
