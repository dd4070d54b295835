import * as pulumi from "@pulumi/pulumi";
import { mistake, sentence } from "../../src/model/mistake.js";
import { connectionOf } from "../provider.js";
import type { LookupOptions } from "./options.js";

type Lookups = typeof import("../../src/lookups/index.js");
type Client = ReturnType<Lookups["connect"]>;
type Connection = { apiKey: string | undefined; endpoint: string | undefined };

type Opened = Map<string, { client: Client; answers: Map<string, Promise<unknown>> }>;

/** By the stack of a run: a driver may run several programs, and one program several times. */
const runs = new WeakMap<object, Opened>();
const NO_RUN = {};

/** Asks once per program for equal arguments; a failure is not kept. */
export async function lookup<T>(
  args: object,
  options: LookupOptions | undefined,
  ask: (lookups: Lookups, client: Client) => Promise<T>,
): Promise<T> {
  const { apiKey, endpoint } = connection(options);
  const known = await Promise.all([settled(apiKey), settled(endpoint)]);
  return answered({ apiKey: known[0], endpoint: known[1] }, args, ask);
}

/** The same with arguments that may be Outputs; unknown while one of them is, and secret if one of them is. */
export function lookupOutput<A extends object, T>(
  args: pulumi.Input<A>,
  options: LookupOptions | undefined,
  ask: (lookups: Lookups, client: Client, args: pulumi.Unwrap<A>) => Promise<T>,
): pulumi.Output<T> {
  const { apiKey, endpoint } = connection(options);
  // The key decides who answers, but is not part of the answer.
  return pulumi
    .all([args, pulumi.unsecret(pulumi.output(apiKey)), pulumi.unsecret(pulumi.output(endpoint))])
    .apply(([known, key, address]) =>
      answered({ apiKey: key, endpoint: address }, known as object, (lookups, client) =>
        ask(lookups, client, known as pulumi.Unwrap<A>),
      ),
    ) as pulumi.Output<T>;
}

/** A failure is a sentence for whoever runs the program: of this kind Pulumi prints no stack. */
async function answered<T>(...question: Parameters<typeof cached<T>>): Promise<T> {
  try {
    // A copy: what one caller does to its answer must not reach the next caller.
    return structuredClone(await cached(...question));
  } catch (error) {
    throw sentence(Object.assign(new pulumi.RunError((error as Error).message), { cause: error }));
  }
}

function cached<T>(
  connection: Connection,
  args: object,
  ask: (lookups: Lookups, client: Client) => Promise<T>,
): Promise<T> {
  // Loaded here: a program without lookups does not pay for the HTTP client.
  const lookups = require("../../src/lookups/index.js") as Lookups;
  const run = pulumi.runtime.getStackResource() ?? NO_RUN;
  const clients: Opened = runs.get(run) ?? new Map();
  runs.set(run, clients);
  const account = JSON.stringify(connection);
  let opened = clients.get(account);
  if (!opened) {
    opened = { client: lookups.connect(connection), answers: new Map() };
    clients.set(account, opened);
  }
  const { client, answers } = opened;
  const question = JSON.stringify(args, (_, value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  const known = answers.get(question) as Promise<T> | undefined;
  if (known) return known;
  const answer = ask(lookups, client);
  answers.set(question, answer);
  answer.catch(() => answers.delete(question));
  return answer;
}

function connection(options: LookupOptions = {}) {
  const provider =
    options.provider ?? options.parent?.getProvider("pulumi-nodejs:dynamic/chroma-sync:Lookup");
  if (!provider) {
    const config = new pulumi.Config("chroma-sync");
    return { apiKey: config.getSecret("apiKey"), endpoint: config.get("endpoint") };
  }
  const given = connectionOf(provider);
  if (!given)
    throw mistake(
      "A lookup requires a ChromaSyncProvider, and got another kind of provider: pass one as provider.",
    );
  return given;
}

async function settled(input: pulumi.Input<string | undefined> | undefined): Promise<string | undefined> {
  if (input === undefined || typeof input === "string") return input;
  const output = pulumi.output(input);
  const { isKnown } = output as unknown as { isKnown: Promise<boolean> };
  if (!(await isKnown))
    throw new Error(
      "The key or endpoint of this ChromaSyncProvider is not known before the update: use the Output form of the lookup, getSourceOutput for instance.",
    );
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}
