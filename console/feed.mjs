import { ask } from "./api.mjs";

const RETRY_MS = 1000;

/**
 * Reads the events of the emulator, and connects again for as long as the page is open.
 * @param {(event: string, data: any) => void} onEvent
 * @param {(state: "live" | "lost" | "locked") => void} onState
 */
export async function follow(onEvent, onState) {
  for (;;) {
    try {
      const reply = await ask("events");
      if (reply.status === 401) return onState("locked");
      if (reply.ok && reply.body) {
        onState("live");
        await readEvents(reply.body, onEvent);
      }
    } catch {
      // It was stopped, or is not there yet.
    }
    onState("lost");
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** @param {ReadableStream<Uint8Array>} body @param {(event: string, data: any) => void} onEvent */
async function readEvents(body, onEvent) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    // What was there already has no end of an event, except perhaps half of one.
    const from = Math.max(0, text.length - 1);
    text += decoder.decode(value, { stream: true });
    let start = 0;
    for (let end = text.indexOf("\n\n", from); end >= 0; end = text.indexOf("\n\n", start)) {
      emit(text.slice(start, end), onEvent);
      start = end + 2;
    }
    text = text.slice(start);
  }
}

/** @param {string} text @param {(event: string, data: any) => void} onEvent */
function emit(text, onEvent) {
  const [, event, data] = /^event: (\w+)\ndata: (.*)$/s.exec(text) ?? [];
  if (event && data) onEvent(event, JSON.parse(data));
}
