import { DEFAULT_ENDPOINT } from "../../src/api/index.js";
import { CREATE_TIMEOUT_SECONDS, LONGEST_SECONDS, SETTLE_SECONDS } from "../../src/provider/config.js";
import type { PropertySpec } from "../schema/spec.js";
import { oneLine } from "./types.js";

interface Setting {
  name: string;
  variable: string;
  facts: string;
  meaning: string;
}

const SECONDS = `seconds, 0 to ${LONGEST_SECONDS}; anything else counts as the default`;

const SETTINGS: Setting[] = [
  {
    name: "apiKey",
    variable: "CHROMA_API_KEY",
    facts: "secret · no default; required at the first call",
    meaning:
      "The Chroma Cloud API key. Creating and deleting a source requires the key of an owner or admin of the team. A key " +
      "from the environment is never written into state. Spaces and line breaks around it are not sent, and a warning says so.",
  },
  {
    name: "endpoint",
    variable: "CHROMA_SYNC_ENDPOINT",
    facts: `URL · default \`${DEFAULT_ENDPOINT}\``,
    meaning:
      "Base URL of the service, without a path, credentials or a query. It must be https, except on loopback: the emulator uses http.",
  },
  {
    name: "journal",
    variable: "CHROMA_SYNC_JOURNAL",
    facts: "folder or `off` · default `$PULUMI_HOME/chroma-sync/journal`",
    meaning:
      "Folder of the create journal, with which the next run finds what a killed run has started. It must be writable and " +
      "outlive the run. With `off` the next run relies on what the service lists. [My run was killed](../killed-run.md) says what it holds.",
  },
  {
    name: "settleSeconds",
    variable: "CHROMA_SYNC_SETTLE_SECONDS",
    facts: `${SECONDS} · default ${SETTLE_SECONDS}`,
    meaning:
      "How long a create without a response looks for its invocation in the service before it is sent again. It must be " +
      "longer than the service takes to list what it has accepted.",
  },
  {
    name: "timeoutSeconds",
    variable: "CHROMA_SYNC_TIMEOUT_SECONDS",
    facts: `${SECONDS} · default ${CREATE_TIMEOUT_SECONDS}`,
    meaning: "How long a create waits for the response of the service.",
  },
];

/** Variables of others that this package reads. */
const OTHERS: [name: string, meaning: string][] = [
  ["BROWSER", "the program with which `chroma-sync-emulator --open` opens its console"],
  ["CI, TERM", "if `CI` is set or `TERM` is `dumb`, progress is logged instead of drawn"],
  [
    "PULUMI_BACKEND_URL",
    "the backend, which the name of the journal's file depends on; by default that of `pulumi login`",
  ],
  ["PULUMI_DRY_RUN", "set by Pulumi: whether a policy pack judges a preview"],
  ["PULUMI_HOME", "the folder of the default journal, by default `~/.pulumi`"],
  [
    "PULUMI_SKIP_CHECKPOINTS",
    "if it is on, the npm package does not rely on state that was written during the run",
  ],
];

/** The page of the configuration. */
export function settingsPage(provider: Record<string, PropertySpec>): string[] {
  return [
    "# Settings",
    "A setting is a value of the stack's configuration (`pulumi config set chroma-sync:<name> <value>`) or an environment " +
      "variable. The stack's configuration wins over the environment; an argument of a `Provider` resource wins over both.",
    "## Configuration",
    ...SETTINGS.flatMap(({ name, variable, facts, meaning }) => [
      `### chroma-sync:${name}`,
      `environment \`${variable}\` · ${facts}`,
      meaning,
    ]),
    "## Provider",
    "A `Provider` resource (`ChromaSyncProvider` in the npm package) gives the resources that name it another key or " +
      "endpoint. Inputs:",
    Object.entries(provider)
      .map(([name, { description }]) => `- **\`${name}\`** (string, optional): ${oneLine(description)}`)
      .join("\n"),
    "In the npm package `ChromaSyncProvider` takes `apiKey` and `endpoint`; the journal is that of the stack.",
    "## Other environment variables",
    OTHERS.map(([name, meaning]) => `- \`${name}\`: ${meaning}.`).join("\n"),
  ];
}
