import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { Parser } from "htmlparser2";
import type { Browser } from "playwright-core";
import { chromiumPath, launch } from "../support/browser.js";

const root = path.join(__dirname, "../..");
const site = path.join(root, "dist-site/html");
const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};
const bin = (name: string) => path.join(root, "node_modules/.bin", name);

let files: string[];
let server: http.Server;
let url: string;

beforeAll(async () => {
  // As `npm run docs`.
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { cwd: root, stdio: "pipe" });
  run(process.execPath, "site/stage.mjs");
  run(bin("vitepress"), "build", "site");
  run(bin("typedoc"));
  files = fs
    .readdirSync(site, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".html"));
  server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url!, "http://x").pathname);
    const file = [name, `${name}.html`, `${name}index.html`]
      .map((one) => path.join(site, one))
      .find((one) => fs.existsSync(one) && fs.statSync(one).isFile());
    if (!file) return response.writeHead(404).end();
    response.setHeader("content-type", TYPES[path.extname(file)] ?? "application/octet-stream");
    return fs.createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

/** The links and the anchors of a page. */
function look(file: string): { links: string[]; ids: Set<string> } {
  const links: string[] = [];
  const ids = new Set<string>();
  const parser = new Parser({
    onopentag(_name, { href, src, id, name }) {
      for (const link of [href, src]) if (link) links.push(link);
      for (const one of [id, name]) if (one) ids.add(one);
    },
  });
  parser.end(fs.readFileSync(path.join(site, file), "utf8"));
  return { links, ids };
}

test("every internal link and anchor of the site leads somewhere", () => {
  const pages = new Map(files.map((file) => [file, look(file)]));
  const broken: string[] = [];
  let checked = 0;
  for (const [file, { links }] of pages)
    for (const link of links) {
      const to = new URL(link, `http://site/${file}`);
      if (to.host !== "site" || !to.protocol.startsWith("http")) continue;
      checked++;
      const name = decodeURIComponent(to.pathname).slice(1);
      const target = [name, `${name}.html`, path.posix.join(name, "index.html")].find(
        (one) => fs.existsSync(path.join(site, one)) && fs.statSync(path.join(site, one)).isFile(),
      );
      const anchor = decodeURIComponent(to.hash.slice(1));
      if (!target || (anchor && pages.has(target) && !pages.get(target)!.ids.has(anchor)))
        broken.push(`${file}: ${link}`);
    }
  console.info(`link checker: ${pages.size} pages, ${checked} links, ${broken.length} broken`);
  expect(broken).toEqual([]);
  expect(checked).toBeGreaterThan(2000);
});

test("there is an index to search, and llms.txt lists every page, each as text beside it", () => {
  const assets = fs.readdirSync(path.join(site, "assets/chunks"));
  const [index] = assets.filter((name) => name.startsWith("@localSearchIndex"));
  expect(fs.readFileSync(path.join(site, "assets/chunks", index!), "utf8")).toContain("targetCollectionName");
  const llms = fs.readFileSync(path.join(site, "llms.txt"), "utf8");
  const listed = [...llms.matchAll(/^- \[.+\]\((.+)\)$/gm)].map(([, link]) => link!);
  const pages = files.filter((file) => !file.startsWith("api/") && file !== "404.html");
  expect([...listed].sort()).toEqual(pages.map((file) => file.replace(/html$/, "md")).sort());
  const full = fs.readFileSync(path.join(site, "llms-full.txt"), "utf8");
  for (const page of listed) expect(full).toContain(fs.readFileSync(path.join(site, page), "utf8").trim());
  expect(llms).toContain("](SKILL.md)");
  expect(fs.existsSync(path.join(site, "SKILL.md"))).toBe(true);
});

test("every diagram is drawn", () => {
  const diagrams = fs
    .readdirSync(path.join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map(
      (name) =>
        [
          name,
          fs.readFileSync(path.join(root, "docs", name), "utf8").split("```mermaid").length - 1,
        ] as const,
    )
    .filter(([, count]) => count > 0);
  expect(diagrams.length).toBeGreaterThan(2);
  for (const [name, count] of diagrams) {
    const html = fs.readFileSync(path.join(site, name.replace(/md$/, "html")), "utf8");
    expect([name, html.split('<figure class="mermaid">').length - 1]).toEqual([name, count]);
  }
});

const chromium = chromiumPath();
(chromium ? describe : describe.skip)("in Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch(chromium!);
  });
  afterAll(() => browser.close());

  test.each([
    ["phone", 390, 844],
    ["desktop", 1280, 900],
  ])("no page is wider than a %s, and none has an error", async (name, width, height) => {
    const page = await browser.newPage({ viewport: { width, height } });
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    for (const file of files.filter((one) => !one.startsWith("api/") && one !== "404.html")) {
      await page.goto(`${url}/${file}`, { waitUntil: "load" });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) problems.push(`${file} is ${wide} px wide`);
      // SCREENSHOTS=folder keeps what a reviewer looks at.
      if (process.env.SCREENSHOTS)
        await page.screenshot({
          path: path.join(process.env.SCREENSHOTS, `${name}-${file.replace("/", "-")}.png`),
          fullPage: true,
        });
    }
    await page.close();
    expect(problems).toEqual([]);
  });

  test("a search finds an input and leads to it", async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${url}/`);
    await page.getByRole("button", { name: "Search" }).first().click();
    await page.locator("#localsearch-input").fill("adoptInvocationId");
    await page.locator("#localsearch-list a").first().click();
    await page.waitForURL(/reference\/invocation.*adoptinvocationid/i);
    await page.close();
  });
});
