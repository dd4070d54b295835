import * as fs from "node:fs";
import * as path from "node:path";
import { terminalSvg } from "../support/capture.js";

const docs = path.join(__dirname, "../../docs");

// The text is a capture of the real engine, which test/engine/rows writes into the page.
test("the drawing of a batch under way is what the page about progress shows", () => {
  const page = fs.readFileSync(path.join(docs, "progress.md"), "utf8");
  const [, text] = /<!-- plugin at 120 -->\n```text\n([\s\S]*?)\n```/.exec(page)!;
  const file = path.join(docs, "captures/batch-progress.svg");
  const svg = terminalSvg("pulumi up --yes", text!);
  if (process.env.UPDATE_DOCS) fs.writeFileSync(file, svg);
  expect(fs.readFileSync(file, "utf8")).toBe(svg);
});
