import { z } from "zod";

const MAX_KEY_BYTES = 36;

function problemOf(key: string, value: unknown): string | undefined {
  if (key === "" || /^[#$]/.test(key) || Buffer.byteLength(key) > MAX_KEY_BYTES)
    return `is a key that is empty, longer than ${MAX_KEY_BYTES} bytes, or begins with # or $`;
  const items = Array.isArray(value) ? value : [value];
  const types = new Set(items.map((item) => typeof item));
  const scalar = items.every((item) => ["string", "number", "boolean"].includes(typeof item));
  if (value !== null && (!scalar || types.size !== 1))
    return "must be a string, number or boolean, or a list of one of these";
  return undefined;
}

/** Metadata of chunks: scalars, and lists of scalars of one type. */
export const metadata = z.record(z.string(), z.unknown()).superRefine((values, context) => {
  for (const [key, value] of Object.entries(values)) {
    const message = problemOf(key, value);
    if (message) context.addIssue({ code: "custom", path: [key], message });
  }
});
