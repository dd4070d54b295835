import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as http from "node:http";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { Readable } from "node:stream";
import { Agent, request } from "undici";
import { ChromaSyncClient } from "../../src/api/index.js";
import { type Emulator, startEmulator } from "../../src/emulator/index.js";
import { temporaryFolder } from "../provider/context.js";
import { type RunningProgram, startProgram } from "../support/emulator-program.js";

const MIB = 1024 * 1024;
const folder = temporaryFolder();

/** Memory of a process in MiB. */
function memoryOf({ child }: RunningProgram): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(child.pid)], { encoding: "utf8" })) / 1024;
}

/** A body of an upload in pieces, with the header that states the size of its file. */
function upload(bytes: number) {
  const boundary = "x-boundary";
  const field = (name: string, value: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const head = Buffer.from(
    `${field("database_name", "db")}${field("collection_name", "files")}--${boundary}\r\n` +
      `content-disposition: form-data; name="file"; filename="f.txt"\r\ncontent-type: text/plain\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  async function* pieces() {
    yield head;
    const piece = Buffer.alloc(MIB, "text of the file\n");
    for (let left = bytes; left > 0; left -= piece.length)
      yield piece.subarray(0, Math.min(left, piece.length));
    yield tail;
  }
  return {
    pieces,
    headers: {
      "content-type": `multipart/form-data; boundary=${boundary}`,
      "content-length": String(head.length + bytes + tail.length),
      "x-upload-content-length": String(bytes),
    },
  };
}

async function until(done: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !done() && Date.now() < end; )
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(done()).toBe(true);
}

describe("as a program", () => {
  let program: RunningProgram;
  let temporary: string;
  beforeEach(async () => {
    temporary = fs.mkdtempSync(path.join(folder, "tmp-"));
    program = await startProgram(["--token", "k", "--pending", "3600000"], `TMPDIR=${temporary}`);
  });
  afterEach(() => program.end("SIGTERM"));
  const spooled = () => fs.readdirSync(temporary, { recursive: true, encoding: "utf8" });

  test("20,000 requests of 8 kB paths without a key leave it small", async () => {
    const dispatcher = new Agent({ connections: 16 });
    const before = memoryOf(program);
    let sent = 0;
    const worker = async () => {
      while (sent++ < 20_000) {
        const answer = await request(`${program.url}/${"p".repeat(8000)}${sent}`, { dispatcher });
        await answer.body.dump();
        expect(answer.statusCode).toBe(401);
      }
    };
    await Promise.all(Array.from({ length: 16 }, worker));
    await dispatcher.destroy();
    expect(memoryOf(program) - before).toBeLessThan(80);
  });

  test("8 uploads of 200 MB at once are streamed to the disk", async () => {
    const before = memoryOf(program);
    let most = 0;
    const watching = setInterval(() => {
      most = Math.max(most, memoryOf(program));
    }, 100);
    const answers = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const { pieces, headers } = upload(200 * MIB);
        const answer = await request(`${program.url}/api/v1/add-file`, {
          method: "POST",
          headers: { ...headers, "x-chroma-token": "k" },
          body: Readable.from(pieces()),
        });
        return { status: answer.statusCode, text: await answer.body.text() };
      }),
    );
    clearInterval(watching);
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    expect(most - before).toBeLessThan(300);
    await program.end("SIGTERM");
    expect(spooled()).toEqual([]);
  });

  test("an upload that is broken off leaves nothing on the disk", async () => {
    const { pieces, headers } = upload(200 * MIB);
    async function* broken() {
      let sent = 0;
      for await (const piece of pieces()) {
        yield piece;
        if (sent++ === 5) await until(() => spooled().length > 1);
        if (sent > 20) throw new Error("gone");
      }
    }
    const sending = request(`${program.url}/api/v1/add-file`, {
      method: "POST",
      headers: { ...headers, "x-chroma-token": "k" },
      body: Readable.from(broken()),
    });
    await expect(sending).rejects.toThrow("gone");
    // The folder alone is left.
    await until(() => spooled().length === 1);
  });

  test("an upload with a wrong key is refused before its body, and writes nothing", async () => {
    const { pieces, headers } = upload(200 * MIB);
    let taken = 0;
    async function* counted() {
      for await (const piece of pieces()) {
        taken += piece.length;
        yield piece;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
    const answer = await request(`${program.url}/api/v1/add-file`, {
      method: "POST",
      headers: { ...headers, "x-chroma-token": "wrong" },
      body: Readable.from(counted()),
    });
    expect(answer.statusCode).toBe(401);
    expect(await answer.body.json()).toMatchObject({ error: "Unauthorized" });
    expect(taken).toBeLessThan(20 * MIB);
    expect(spooled()).toEqual([]);
  });
});

describe("in a process", () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator({ token: "k", clientTimeoutMs: 400 });
  });
  afterEach(() => emulator.close());

  const send = (body: string | Buffer | AsyncIterable<Buffer>, headers: Record<string, string> = {}) =>
    request(`${emulator.url}/api/v1/add-file`, {
      method: "POST",
      headers: { "x-chroma-token": "k", ...headers },
      body: body as never,
    });

  test.each([
    ["a file above 200 MiB by its length", () => upload(210 * MIB).headers, () => upload(210 * MIB).pieces()],
    ["JSON above 16 MiB by its length", () => ({}), () => Buffer.alloc(17 * MIB, "1")],
  ])("%s is refused before it is read", async (_title, headers, body) => {
    const answer = await send(body(), headers());
    expect([answer.statusCode, await answer.body.json()]).toEqual([
      400,
      expect.objectContaining({ message: "the body is too large" }),
    ]);
  });

  test.each([
    ["JSON", { "content-type": "application/json" }, 17],
    ["a file", upload(1).headers, 201],
  ])("%s without a length is refused once it is too much", async (_title, given, mebibytes) => {
    const { "content-length": _length, ...headers } = given as Record<string, string>;
    async function* endless() {
      if (mebibytes === 201)
        for await (const piece of upload(1).pieces()) if (piece.length > 100) yield piece;
      for (let sent = 0; sent < mebibytes + 40; sent++) yield Buffer.alloc(MIB, "1");
    }
    const answer = await send(endless(), headers);
    expect([answer.statusCode, await answer.body.text()]).toEqual([
      400,
      expect.stringContaining("too large"),
    ]);
  });

  test("after a refusal the connection serves the next request", async () => {
    const client = new ChromaSyncClient({ endpoint: emulator.url, apiKey: "wrong", retries: 0 });
    for (let n = 0; n < 3; n++)
      await expect(
        client.createSource({ database_name: "d", github: { repository: "a/b" } }),
      ).rejects.toMatchObject({ status: 401 });
    await client.close();
  });

  /** How long the emulator keeps a connection that sends this and then nothing, or a byte from time to time. */
  function keptFor(first: string, drip = ""): Promise<number> {
    const begun = Date.now();
    const socket = net.connect(Number(new URL(emulator.url).port), "127.0.0.1");
    socket.write(first);
    const timer = drip ? setInterval(() => socket.write(drip), 50) : undefined;
    socket.resume().on("error", () => undefined);
    return new Promise((resolve) =>
      socket.once("close", () => {
        clearInterval(timer);
        resolve(Date.now() - begun);
      }),
    );
  }
  const HEAD = `POST /api/v1/sources HTTP/1.1\r\nhost: localhost\r\nx-chroma-token: k\r\ncontent-length: 100\r\n`;

  test.each([
    ["nothing", ""],
    ["half a request line", "POST /api"],
    ["half of the headers", HEAD],
    ["half of the body", `${HEAD}\r\n{"database`],
  ])("a client that sends %s and waits is cut off", async (_title, text) => {
    expect(await keptFor(text)).toBeLessThan(3000);
  });

  test("so is one that never ends its headers", async () => {
    expect(await keptFor(HEAD, "x: y\r\n")).toBeLessThan(3000);
  });

  test("so is one that does not read its reply", async () => {
    for (let n = 0; n < 15; n++)
      await request(`${emulator.url}/api/v1/sources`, {
        method: "POST",
        headers: { "x-chroma-token": "k", "content-type": "application/json" },
        body: JSON.stringify({ database_name: "d".repeat(1_000_000), github: { repository: `a/${n}` } }),
      }).then(({ body }) => body.dump());
    const socket = net.connect(Number(new URL(emulator.url).port), "127.0.0.1");
    socket.on("error", () => undefined).pause();
    const list = "GET /api/v1/sources?limit=1000 HTTP/1.1\r\nhost: localhost\r\nx-chroma-token: k\r\n\r\n";
    socket.write(list);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    let size = 0;
    socket.on("data", (chunk) => {
      size += chunk.length;
    });
    socket.resume();
    await new Promise((resolve) => socket.once("close", resolve));
    expect(size).toBeLessThan(15_000_000);
  });

  test("one that listens to events and does not read them is cut off, and others are not", async () => {
    const events = () =>
      new Promise<http.IncomingMessage>((resolve) => http.get(`${emulator.url}/_emulator/events`, resolve));
    const [idle, slow] = [await events(), await events()];
    idle.resume();
    slow.on("error", () => undefined);
    slow.socket.pause();
    for (let n = 0, end = Date.now() + 3000; Date.now() < end; n++)
      await request(`${emulator.url}/api/v1/sources`, {
        method: "POST",
        headers: { "x-chroma-token": "k", "content-type": "application/json" },
        body: JSON.stringify({ database_name: "d".repeat(50_000), github: { repository: `a/${n}` } }),
      }).then(({ body }) => body.dump());
    const closed = new Promise((resolve) => slow.socket.once("close", resolve));
    slow.socket.resume();
    slow.resume();
    await closed;
    expect(idle.destroyed).toBe(false);
  });
});

test("unless configured otherwise, uploads go to the temporary folder and are gone at the end", async () => {
  const before = fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith("chroma-sync-uploads-"));
  const emulator = await startEmulator({ token: "k", pendingMs: 3_600_000 });
  const { pieces, headers } = upload(1000);
  const answer = await request(`${emulator.url}/api/v1/add-file`, {
    method: "POST",
    headers: { ...headers, "x-chroma-token": "k" },
    body: Readable.from(pieces()),
  });
  expect(answer.statusCode).toBe(201);
  await answer.body.dump();
  await emulator.close();
  expect(fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith("chroma-sync-uploads-"))).toEqual(
    before,
  );
});
