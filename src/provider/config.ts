import { isIP } from "node:net";
import { DEFAULT_ENDPOINT } from "../api/index.js";

/** Reads one value of the stack's configuration by its full name. */
export type ConfigReader = (name: string) => string | undefined;

/** What reaching the service takes. */
export interface ServiceConfig {
  apiKey: string | undefined;
  endpoint: string;
}

/** A configuration that cannot be used; the message says how to fix it. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

/** Reads the configuration; the stack's wins over the environment. Throws {@link ConfigError} on a bad endpoint. */
export function readConfig(get: ConfigReader, environment: NodeJS.ProcessEnv = process.env): ServiceConfig {
  const service = configured(get, environment);
  checkEndpoint(service.endpoint);
  const problem = service.apiKey === undefined ? undefined : keyProblem(service.apiKey);
  if (problem) throw new ConfigError(`The Chroma API key ${problem}.`);
  return service;
}

/** What is wrong with a key, as the end of a sentence that does not quote it; undefined if nothing is. */
export function keyProblem(apiKey: string): string | undefined {
  return /^[\x21-\x7e]*$/.test(apiKey.trim())
    ? undefined
    : "holds a character that no key has, such as a line break or a space: copy it from the Chroma Cloud dashboard again";
}

/** Said once if the key has white space around it, which is not sent. */
export const UNTRIMMED_KEY =
  "The Chroma API key has spaces or line breaks around it, which are not sent: store it without them (`pulumi config set --secret chroma-sync:apiKey <key>`, or CHROMA_API_KEY).";

/** Whether it has. */
export function isKeyUntrimmed(get: ConfigReader, environment: NodeJS.ProcessEnv = process.env): boolean {
  const key = configuredKey(get, environment);
  return key !== undefined && key !== key.trim();
}

/** What creating once depends on. */
export interface ExactlyOnceConfig {
  /** Where the create journal is: a folder, `off`, or undefined for the default. */
  journal: string | undefined;
  /** How long an invocation that was accepted may take to be listed, in milliseconds. */
  settleMs: number;
  /** How long the answer to a request that creates is waited for, in milliseconds. */
  createTimeoutMs: number;
  /** One text for the API key and the endpoint. */
  account: string;
}

export const SETTLE_SECONDS = 60;
export const CREATE_TIMEOUT_SECONDS = 120;
export const LONGEST_SECONDS = 600;

/** Reads it; never throws, since the first request reports a bad endpoint. */
export function readExactlyOnce(
  get: ConfigReader,
  environment: NodeJS.ProcessEnv = process.env,
): ExactlyOnceConfig {
  const { endpoint, apiKey } = configured(get, environment);
  const seconds = (name: string, variable: string, otherwise: number) => {
    const value = Number(get(name) || environment[variable] || otherwise);
    return value >= 0 && value <= LONGEST_SECONDS ? value : otherwise;
  };
  return {
    journal: get("chroma-sync:journal") || environment.CHROMA_SYNC_JOURNAL || undefined,
    settleMs: seconds("chroma-sync:settleSeconds", "CHROMA_SYNC_SETTLE_SECONDS", SETTLE_SECONDS) * 1000,
    createTimeoutMs:
      seconds("chroma-sync:timeoutSeconds", "CHROMA_SYNC_TIMEOUT_SECONDS", CREATE_TIMEOUT_SECONDS) * 1000,
    account: `${endpoint.replace(/\/+$/, "")}\n${apiKey ?? ""}`,
  };
}

function configured(get: ConfigReader, environment: NodeJS.ProcessEnv): ServiceConfig {
  return {
    apiKey: configuredKey(get, environment)?.trim() || undefined,
    endpoint: get("chroma-sync:endpoint") || environment.CHROMA_SYNC_ENDPOINT || DEFAULT_ENDPOINT,
  };
}

function configuredKey(get: ConfigReader, environment: NodeJS.ProcessEnv): string | undefined {
  return get("chroma-sync:apiKey") || environment.CHROMA_API_KEY;
}

/** Said at the first call that needs the key. */
export const NO_KEY =
  "No Chroma API key: run `pulumi config set --secret chroma-sync:apiKey <key>` or set CHROMA_API_KEY (keys are made in the Chroma Cloud dashboard).";

function checkEndpoint(endpoint: string): void {
  const problem = endpointProblem(endpoint);
  if (problem)
    throw new ConfigError(
      `The endpoint ${problem}: set chroma-sync:endpoint, CHROMA_SYNC_ENDPOINT or the endpoint of the ChromaSyncProvider to an https URL such as ${DEFAULT_ENDPOINT}.`,
    );
}

/** What is wrong with an address that the key is sent to, as the end of a sentence; undefined if nothing is. */
export function endpointProblem(endpoint: string): string | undefined {
  let url: URL;
  try {
    url = new URL(endpoint);
  } catch {
    return `${JSON.stringify(endpoint)} is not a URL`;
  }
  // A URL with credentials or a query is quoted in no message.
  if (url.username || url.password || url.search || url.hash)
    return "must not hold credentials, a query or a fragment";
  if (url.pathname !== "/")
    return `must not have a path (${url.pathname}), since the paths of the service are added to it`;
  if (url.protocol === "https:") return undefined;
  if (url.protocol === "http:" && isLoopback(url.hostname)) return undefined;
  return `${url.protocol}//${url.host} would send the API key unencrypted (plain http is for loopback only)`;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || (isIP(host) === 4 && host.startsWith("127."));
}
