import * as http from "node:http";
import type { AddressInfo } from "node:net";

/** What a step in front of the service may do with one request. */
export interface Passing {
  method: string;
  path: string;
  /** The key that came with it. */
  token: string;
  /** Sends the request on and waits for the answer, which is not given back yet. */
  forward(): Promise<void>;
  /** Gives an answer of the proxy's own. */
  answer(status: number, headers?: Record<string, string>, body?: string): void;
  /** Ends the connection without an answer. */
  reset(): void;
  /** Gives back the answer that `forward` had. */
  deliver(): void;
}

/** A proxy before a service on loopback; the step sees every request, and what it leaves undone is passed through. */
export async function faultProxy(target: string, step: (passing: Passing) => Promise<void>) {
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    let kept: { status: number; text: string } | undefined;
    const passing: Passing = {
      method: request.method!,
      path: request.url!,
      token: String(request.headers["x-chroma-token"]),
      async forward() {
        const answer = await fetch(target + request.url, {
          method: request.method!,
          headers: {
            "content-type": "application/json",
            "x-chroma-token": passing.token,
          },
          ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
        });
        kept = { status: answer.status, text: await answer.text() };
      },
      answer: (status, headers, body = "{}") => void response.writeHead(status, headers).end(body),
      reset: () => void response.destroy(),
      deliver() {
        response.writeHead(kept!.status, { "content-type": "application/json" }).end(kept!.text);
      },
    };
    await step(passing);
    if (response.writableEnded || response.destroyed) return;
    if (!kept) await passing.forward();
    passing.deliver();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
