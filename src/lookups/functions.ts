import { collectionName } from "../model/collection-name-for.js";
import type { Client } from "../provider/service/client.js";
import { getInvocation, type InvocationsQuery, latestInvocations, listInvocations } from "./invocations.js";
import { getSource, listSources, type SourceQuery } from "./sources.js";

type Call = (client: () => Client, args: never) => object | Promise<object>;

/** The functions of the schema by their names. Each takes what connects, for one of them needs no service. */
export const FUNCTIONS: ReadonlyMap<string, Call> = new Map<string, Call>([
  ["getSource", (client, args: SourceQuery) => getSource(client(), args)],
  ["listSources", async (client, args: SourceQuery) => ({ sources: await listSources(client(), args) })],
  ["getInvocation", (client, args: { id: string }) => getInvocation(client(), args)],
  [
    "listInvocations",
    async (client, args: InvocationsQuery) => ({ invocations: await listInvocations(client(), args) }),
  ],
  [
    "latestInvocations",
    async (client, args: { sourceId: string; objectKeys: string[] }) => ({
      invocations: await latestInvocations(client(), args),
    }),
  ],
  [
    "collectionNameFor",
    (_client, args: { prefix: string; ref: string }) => ({
      collectionName: collectionName(args.prefix, args.ref),
    }),
  ],
]);
