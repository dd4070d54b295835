import * as fs from "node:fs";
import * as path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { ChromaSyncClient } from "../../src/api/index.js";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { temporaryFolder } from "../provider/context.js";
import { chromiumPath, launch } from "../support/browser.js";
import { httpServer } from "../support/http-server.js";
import { rawRequest } from "../support/raw-http.js";

const S3 = "0192f0c1-5d3e-7b7a-9c53-000000000002";
const GITHUB = "0192f0c1-5d3e-7b7a-9c53-000000000001";
const HOSTILE = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
const folder = temporaryFolder();
fs.writeFileSync(path.join(folder, "hostile.md"), `${HOSTILE}\nneedle in the text\n`);
for (let n = 0; n < 120; n++) fs.writeFileSync(path.join(folder, `page-${n}.md`), `text of page ${n}\n`);
const seed = {
  buckets: { docs: folder },
  sources: [
    { id: S3, database_name: "db", s3: { bucket_name: "docs", region: "r", collection_name: "objects" } },
    { id: GITHUB, database_name: "db", github: { repository: `acme/${HOSTILE}` } },
  ],
};

const executable = chromiumPath();
const inChromium = executable ? describe : describe.skip;
if (!executable)
  console.warn("The console's tests are skipped: no Chromium here. Debian's package is chromium.");

inChromium("the console in Chromium", () => {
  let browser: Browser;
  let emulator: Emulator;
  let client: ChromaSyncClient;
  const problems: string[] = [];
  beforeAll(async () => {
    browser = await launch(executable!);
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    problems.length = 0;
    emulator = await startEmulator({ token: "k", seed, pendingMs: 0, processingMs: 0 });
    client = new ChromaSyncClient({ endpoint: emulator.url, apiKey: "k", retries: 0 });
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await client.close();
    await emulator.close();
  });

  async function open(hash = "", options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage();
    page.setDefaultTimeout(10_000);
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(emulator.url)) problems.push(`reached ${request.url()}`);
    });
    await page.goto(`${emulator.url}/${hash}`);
    await page.getByText("Live", { exact: true }).waitFor();
    return page;
  }
  const sync = async (key: string, source = S3) => {
    const body = source === S3 ? { object_key: key } : { target_collection_name: key };
    const id = await client.createInvocation(source, body);
    await client.getInvocation(id);
    return id;
  };
  const tile = (page: Page, status: string) => page.getByRole("button", { name: status });
  const rows = (page: Page) => page.locator("#invocation-rows tr");

  test("shows invocations while they come and move, with errors, and filters them", async () => {
    emulator.behaviour.processingMs = 600;
    const page = await open();
    await page.getByText("No invocation.").waitFor();
    await client.createInvocation(S3, { object_key: "page-1.md" });
    await rows(page).filter({ hasText: "page-1.md" }).filter({ hasText: "processing" }).waitFor();
    await rows(page)
      .filter({ hasText: "page-1.md" })
      .filter({ hasText: "complete" })
      .filter({ hasText: "600 ms" })
      .waitFor();
    await sync("absent.md");
    await page.getByText("object absent.md does not exist in bucket docs").waitFor();
    await tile(page, "failed").click();
    expect(await rows(page).allInnerTexts()).toEqual([expect.stringContaining("absent.md")]);
    expect(await tile(page, "failed").getAttribute("aria-pressed")).toBe("true");
    expect(new URL(page.url()).hash).toBe("#/invocations?status=failed");
    await page.reload();
    await rows(page).filter({ hasText: "absent.md" }).waitFor();
    await tile(page, "failed").click();
    await page.getByLabel("Key, commit or address").fill("PAGE-");
    expect(await rows(page).allInnerTexts()).toEqual([expect.stringContaining("page-1.md")]);
    await page.getByLabel("Key, commit or address").fill("");
    await page.getByRole("combobox", { name: "Source" }).selectOption({ index: 2 });
    await page.getByText("No invocation.").waitFor();
    expect(problems).toEqual([]);
  });

  test("a batch of 2,000 comes in whole, 100 rows at a time", async () => {
    const page = await open();
    let next = 0;
    const worker = async () => {
      while (next < 2000) await client.createInvocation(S3, { object_key: `page-${next++ % 120}.md` });
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    await page.getByText("2,000 of 2,000 have ended").waitFor();
    expect(await tile(page, "complete").innerText()).toContain("2,000");
    expect(await rows(page).count()).toBe(100);
    await page.getByText("100 of 2,000 invocations").waitFor();
    await page.getByRole("button", { name: "Show 100 more" }).click();
    await rows(page).nth(199).waitFor();
    expect(await rows(page).count()).toBe(200);
    expect(problems).toEqual([]);
  });

  test("browses and searches the chunks of a collection", async () => {
    for (let n = 0; n < 60; n++) await sync(`page-${n}.md`);
    await sync("hostile.md");
    const page = await open();
    await page.getByRole("link", { name: "Collections" }).click();
    await page.locator("#collection-list a").click();
    await page.getByText("50 of 61 chunks").waitFor();
    await page.getByRole("button", { name: "Show more" }).click();
    await page.getByText("61 of 61 chunks").waitFor();
    for (const search of ["NEEDLE", "document_key_sha256", "hostile.md"]) {
      await page.getByLabel("Search ids, text and metadata").fill(search);
      await page.getByText(search === "document_key_sha256" ? /50 of 61/ : "1 of 1 chunk found").waitFor();
    }
    const chunk = page.locator("#chunks li");
    expect(await chunk.locator("pre").innerText()).toContain("needle in the text");
    expect(await chunk.locator("dl").innerText()).toContain("hostile.md");
    expect(await chunk.locator("mark").first().innerText()).toBe("hostile.md");
    // It follows the collection while it is open.
    await page.getByLabel("Search ids, text and metadata").fill("");
    await sync("page-100.md");
    await page.getByText("of 62 chunks").waitFor();
    await fetch(`${emulator.url}/_emulator/collections/objects`, { method: "DELETE" });
    await page.getByText("It does not exist, or was deleted").waitFor();
    expect(problems).toEqual([]);
  });

  test("what comes from outside is text, wherever it is shown", async () => {
    await client.createInvocation(S3, { object_key: HOSTILE });
    await sync("hostile.md");
    await sync("acme", GITHUB);
    const page = await open();
    for (const view of ["invocations", "collections/db/objects", "sources", "requests", "cost"]) {
      await page.goto(`${emulator.url}/#/${view}`);
      await page.waitForTimeout(300);
      expect(await page.locator("main img, main script").count()).toBe(0);
    }
    await page.goto(`${emulator.url}/#/collections/db/objects`);
    await page.locator("pre").getByText(`<img src=x`).waitFor();
    expect(await page.title()).not.toContain("owned");
    // And if it were not, the browser would refuse it.
    const refused = await page.evaluate(() => {
      try {
        document.body.innerHTML = "<b>x</b>";
        return "set";
      } catch (error) {
        return (error as Error).name;
      }
    });
    expect(refused).toBe("TypeError");
    expect(problems.filter((problem) => !problem.includes("TrustedHTML"))).toEqual([]);
  });

  test("shows requests with status, time and fault, and turns faults on and off", async () => {
    const page = await open("#/faults");
    await page.getByLabel("Operation").selectOption("create_job");
    await page.getByLabel("How often").selectOption("the next request");
    await page.getByLabel("Status", { exact: true }).fill("429");
    await page.getByLabel("Retry-After, seconds").fill("3");
    const error = page.getByRole("switch", { name: "Error status" });
    await error.click();
    await page.getByText("429, retry after 3 s, create_job, 1 request left").waitFor();
    expect(emulator.faults.list()).toMatchObject([{ kind: "status", status: 429, retryAfter: 3, times: 1 }]);
    await expect(client.createInvocation(S3, { object_key: "page-1.md" })).rejects.toMatchObject({
      status: 429,
    });
    await page.waitForFunction(
      () => document.querySelector('[role="switch"]')?.getAttribute("aria-checked") === "false",
    );
    await page.getByRole("switch", { name: "Slow drip" }).click();
    await page.getByRole("switch", { name: "Reset after" }).click();
    await page.getByRole("switch", { name: "Slow drip" }).click();
    await page.getByText("1 on", { exact: true }).waitFor();
    expect(emulator.faults.list()).toMatchObject([{ kind: "reset-after" }]);
    await expect(client.createInvocation(S3, { object_key: "page-1.md" })).rejects.toThrow();
    await page.getByLabel("Status", { exact: true }).fill("200");
    await error.click();
    await page.getByRole("alert").getByText("status:").waitFor();
    await page.getByRole("link", { name: "Requests" }).click();
    const requests = page.locator("#request-rows tr");
    await requests.filter({ hasText: "fault: reset-after" }).filter({ hasText: "no reply" }).waitFor();
    await requests
      .filter({ hasText: `POST /api/v1/sources/${S3}/invocations` })
      // The time of another row may have these digits.
      .filter({ has: page.locator("td.state", { hasText: "429" }) })
      .filter({ hasText: " ms" })
      .waitFor();
    expect(problems.filter((problem) => !problem.includes("400"))).toEqual([]);
  });

  test("shows sources, and what the last sync costs by the list prices", async () => {
    await sync("page-1.md");
    const page = await open("#/cost");
    await page.getByRole("heading", { name: "The last sync: page-1.md into objects" }).waitFor();
    const table = page.locator("#cost-rows");
    expect((await table.locator("tr").allInnerTexts()).map((text) => text.split("\t"))).toEqual([
      ["Processing", "15 B", "0.04 per GiB", expect.stringMatching(/^0\.0000000005/)],
      ["Pages", "0", "0.01 each", "0"],
      ["Writing to the collection", "4.3 KiB", "2.5 per GiB", "0.000010"],
      ["Fork of the previous commit", "0", "0.03 each", "0"],
      ["Total", "", "", "0.000010"],
    ]);
    await page.getByRole("link", { name: "Sources" }).click();
    await page.getByRole("heading", { name: "docs" }).waitFor();
    await page.getByRole("link", { name: "1 invocation", exact: true }).click();
    await rows(page).filter({ hasText: "page-1.md" }).waitFor();
    expect(new URL(page.url()).hash).toBe(`#/invocations?source=${S3}`);
    expect(problems).toEqual([]);
  });

  test("is used by the keyboard alone, and tells a screen reader what is what", async () => {
    await sync("absent.md");
    const page = await open();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
    const focused = async () =>
      page.evaluate(() => {
        const element = document.activeElement;
        return element?.matches("a, button") ? element.textContent?.trim() : "";
      });
    const tabTo = async (name: RegExp) => {
      for (let n = 0; n < 40 && !name.test((await focused()) ?? ""); n++) await page.keyboard.press("Tab");
      expect(await focused()).toMatch(name);
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
      expect(outline).not.toBe("none");
    };
    await tabTo(/failed/);
    await page.keyboard.press("Space");
    await page.locator('[data-status="failed"][aria-pressed="true"]').waitFor();
    await page.keyboard.press("Shift+Tab");
    await page.goto(`${emulator.url}/#/faults`);
    await page.waitForFunction(() => document.activeElement?.id === "main");
    await tabTo(/Expired key/);
    await page.keyboard.press("Enter");
    await page.getByText("1 on", { exact: true }).waitFor();
    expect(emulator.faults.list()).toMatchObject([{ kind: "expired-key" }]);
    const snapshot = await page.locator("body").ariaSnapshot();
    for (const line of [
      "- banner:",
      '- navigation "Views":',
      "- main:",
      '- heading "Faults" [level=1]',
      '- combobox "Operation":',
      /switch "Expired key.*" \[checked\]/,
    ])
      expect(snapshot).toMatch(line instanceof RegExp ? line : new RegExp(line.replace(/[[\]]/g, "\\$&")));
    expect(await page.locator('nav a[aria-current="page"]').innerText()).toContain("Faults");
  });

  test.each([
    ["a desktop", { viewport: { width: 1280, height: 800 }, colorScheme: "light" }],
    ["a desktop in the dark", { viewport: { width: 1280, height: 800 }, colorScheme: "dark" }],
    ["a phone", { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }],
  ] as [string, BrowserContextOptions][])("fits %s, and its text can be read", async (_title, options) => {
    await sync("page-1.md");
    await sync("absent-with-a-name-that-is-long/".repeat(6));
    const page = await open("", options);
    for (const view of ["invocations", "collections", "sources", "requests", "faults", "cost"]) {
      await page.goto(`${emulator.url}/#/${view}`);
      await page.waitForTimeout(200);
      const { width, content, faint } = await page.evaluate(measure);
      expect({ view, overflow: content - width, faint }).toEqual({ view, overflow: 0, faint: [] });
    }
  });

  test("pauses, and reconnects to an emulator that was started again", async () => {
    const page = await open();
    await page.getByRole("button", { name: "Pause" }).click();
    await sync("page-1.md");
    await page.waitForTimeout(400);
    expect(await rows(page).count()).toBe(1);
    await page.getByText("No invocation.").waitFor();
    await page.getByRole("button", { name: "Resume" }).click();
    await rows(page).filter({ hasText: "page-1.md" }).waitFor();
    const port = Number(new URL(emulator.url).port);
    await emulator.close();
    await page.getByText("Not reachable").waitFor();
    emulator = await startEmulator({ token: "k", seed, port });
    await page.getByText("Live", { exact: true }).waitFor();
    await page.getByText("No invocation.").waitFor();
  });

  test("with a key of its own it is opened by its address, or asks for it", async () => {
    await emulator.close();
    emulator = await startEmulator({ token: "k", adminToken: "se/cret", seed });
    const page = await (await browser.newContext()).newPage();
    await page.goto(emulator.consoleUrl);
    await page.getByText("Live", { exact: true }).waitFor();
    expect(page.url()).not.toContain("cret");
    await page.reload();
    await page.getByText("Live", { exact: true }).waitFor();
    const other = await (await browser.newContext()).newPage();
    await other.goto(emulator.url);
    await other.getByLabel("Key", { exact: true }).fill("wrong");
    await other.getByRole("button", { name: "Open" }).click();
    await other.getByText("The key is not valid.").waitFor();
    await other.getByLabel("Key", { exact: true }).fill("se/cret");
    await other.keyboard.press("Enter");
    await other.getByText("Live", { exact: true }).waitFor();
  });

  test("a page from elsewhere cannot drive it, frame it or read it", async () => {
    const evil = await httpServer((_request, response) => {
      response.setHeader("content-type", "text/html");
      response.end("<title>evil</title>");
    });
    const page = await (await browser.newContext()).newPage();
    await page.goto(evil.url.replace("127.0.0.1", "localhost"));
    const outcome = await page.evaluate(async (url) => {
      const fault = JSON.stringify({ kind: "status" });
      const tried = (options: RequestInit, place = "/_emulator/faults") =>
        fetch(url + place, options).then(
          ({ type, status }) => `${type} ${status}`,
          () => "failed",
        );
      const outcomes = [
        await tried({ method: "POST", body: fault, mode: "no-cors" }),
        await tried({ method: "POST", body: fault, headers: { "content-type": "application/json" } }),
        await tried({ method: "DELETE" }, "/_emulator/collections/objects"),
        await tried({}, "/_emulator/jobs"),
      ];
      const frame = document.createElement("iframe");
      frame.name = "target";
      document.body.append(frame);
      const form = document.createElement("form");
      Object.assign(form, {
        method: "POST",
        action: `${url}/_emulator/faults`,
        enctype: "text/plain",
        target: "target",
      });
      const field = document.createElement("input");
      Object.assign(field, { name: '{"kind":"status","operation":"', value: '"}' });
      form.append(field);
      document.body.append(form);
      form.submit();
      await new Promise((resolve) => setTimeout(resolve, 500));
      return outcomes;
    }, emulator.url);
    expect(outcome).toEqual(["opaque 0", "failed", "failed", "failed"]);
    expect(emulator.faults.list()).toEqual([]);
    await evil.close();
  });
});

test("the page is served on loopback with a strict policy, and nothing beside its files", async () => {
  const emulator = await startEmulator({ token: "k" });
  const { status, headers } = await rawRequest(`${emulator.url}/`);
  expect(status).toBe(200);
  expect(headers["content-security-policy"]).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; " +
      "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  );
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect((await rawRequest(`${emulator.url}/`, { method: "HEAD" })).text).toBe("");
  for (const place of ["tsconfig.json", "../package.json", "..%2fpackage.json", "absent.mjs", ""])
    expect((await rawRequest(`${emulator.url}/_console/${place}`)).status).toBe(401);
  const folder = path.join(__dirname, "../../console");
  for (const name of fs.readdirSync(folder)) {
    const text = fs.readFileSync(path.join(folder, name), "utf8");
    expect({
      name,
      hits: text.match(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/g),
    }).toEqual({ name, hits: null });
    for (const [url] of text.matchAll(/https?:\/\/[^\s"'`]+/g))
      expect(url).toMatch(/^http:\/\/www\.w3\.org\//);
  }
  await emulator.close();
});

/** In the page: whether it is wider than the window, and texts with less contrast than WCAG AA asks for. */
function measure(): { width: number; content: number; faint: string[] } {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
  const rgb = (color: string) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (color: number[]) => {
    const [red, green, blue] = color.map((value) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const ground = (element: Element | null): number[] => {
    if (!element) return rgb("Canvas");
    const own = rgb(getComputedStyle(element).backgroundColor);
    return own[3] === 255 ? own : ground(element.parentElement);
  };
  const faint = [...document.querySelectorAll<HTMLElement>("body *")]
    .filter((element) => element.checkVisibility() && element.clientWidth > 1)
    .filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
    )
    .filter((element) => {
      const [one, other] = [light(rgb(getComputedStyle(element).color)), light(ground(element))].sort(
        (a, b) => b - a,
      );
      return (one! + 0.05) / (other! + 0.05) < 4.5;
    })
    .map((element) => element.textContent ?? "");
  return { width: innerWidth, content: document.documentElement.scrollWidth, faint };
}
