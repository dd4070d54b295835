import type { Group } from "./group.js";
import { INPUTS } from "./inputs.js";
import { SERVICE } from "./service.js";
import { THROWN } from "./thrown.js";
import { UP } from "./up.js";

export { attempts, type Group, type Mistake } from "./group.js";

/** Shown by tests of their own, for they need another machine or a policy pack. */
export const OLD_NODE: Group = {
  title: "The machine and the policy pack",
  run: "preview",
  as: "error",
  mistakes: [
    {
      input: "node --version # v20.1.0",
      says: "pulumi-chroma-sync needs Node 22.19 or newer, and Pulumi found 20.1.0 at …: put a newer node first on PATH.",
    },
  ],
};
export const POLICY_OPTION: Group = {
  ...OLD_NODE,
  as: "line",
  mistakes: [
    {
      input: '{ "max-syncs-per-stack": { "maximum": 10 } }',
      says: 'max-syncs-per-stack has no option "maximum": its options are enforcementLevel, max.',
    },
  ],
};

/** The mistakes that docs/mistakes.md lists and test/engine/mistakes.test.ts makes. */
export const MISTAKES = [...THROWN, ...INPUTS, ...SERVICE, ...UP, OLD_NODE, POLICY_OPTION];
