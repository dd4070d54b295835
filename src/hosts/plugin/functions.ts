import {
  getInvocation,
  getSource,
  type InvocationsQuery,
  latestInvocations,
  listInvocations,
  listSources,
  type SourceQuery,
} from "../../lookups/index.js";
import { collectionName } from "../../model/collection-name-for.js";
import type { Properties } from "../../provider/resource.js";
import { currentRun } from "./run.js";

type Client = ReturnType<typeof currentRun>["client"];
type Lookup = (client: Client, args: never) => Promise<object>;

const LOOKUPS = new Map<string, Lookup>([
  ["getSource", (client, args: SourceQuery) => getSource(client, args)],
  ["listSources", async (client, args: SourceQuery) => ({ sources: await listSources(client, args) })],
  ["getInvocation", (client, args: { id: string }) => getInvocation(client, args)],
  [
    "listInvocations",
    async (client, args: InvocationsQuery) => ({ invocations: await listInvocations(client, args) }),
  ],
  [
    "latestInvocations",
    async (client, args: { sourceId: string; objectKeys: string[] }) => ({
      invocations: await latestInvocations(client, args),
    }),
  ],
]);

/** Answers one of the functions of the schema. */
export async function callFunction(token: string, args: Properties): Promise<object> {
  const name = token.replace("chroma-sync:index:", "");
  if (name === "collectionNameFor")
    return { collectionName: collectionName(args.prefix as string, args.ref as string) };
  const lookup = LOOKUPS.get(name);
  if (!lookup)
    throw new Error(
      `This version of the plugin does not know the function ${name}: update the plugin or the SDK.`,
    );
  return lookup(currentRun().client, args as never);
}
