import * as http from "node:http";
import type { AddressInfo } from "node:net";

/** A server on loopback that answers with what the test says, and keeps what it was sent. */
export async function httpServer(
  listener: (request: http.IncomingMessage, response: http.ServerResponse, body: string) => void,
) {
  const seen: { method: string; url: string; headers: http.IncomingHttpHeaders; body: string }[] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    seen.push({ method: request.method!, url: request.url!, headers: request.headers, body });
    listener(request, response, body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
