import * as fs from "node:fs";

/** Removes what `pack.ts` made. */
export default function unpack(): void {
  if (process.env.PACKED_PROJECT) fs.rmSync(process.env.PACKED_PROJECT, { recursive: true, force: true });
}
