// Three projects: `npm run test:unit` runs the first alone, with nothing to pack or to build.

/** What installs the packed package or runs a real engine. */
const ENGINE = [
  "engine/.*",
  "examples/.*",
  "package",
  "without-pulumi",
  "emulator/(cli|data-crash|limits|syntax)",
  "sdk/refs",
];
/** What takes many seconds for one question. */
const LONG = [
  "docs/site",
  "docs/snippets",
  "exactly-once/explorer",
  "emulator/console",
  "emulator/fuzz",
  "emulator/hostile-content",
  "provider/create-once",
  "provider/journal/journal",
  "provider/load",
  "release",
];

const common = {
  testEnvironment: "node",
  transform: { "^.+\\.ts$": ["ts-jest", { tsconfig: "tsconfig.json", diagnostics: false }] },
  // Sources import with the extension that they have when built.
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
};
const engine = {
  ...common,
  displayName: "engine",
  globalSetup: "<rootDir>/test/support/pack.ts",
};
const patterns = (names) => names.map((name) => `<rootDir>/test/${name}\\.test\\.ts$`);
const regex = (names) => `/test/(${names.join("|")})\\.test\\.ts$`;

module.exports = {
  testTimeout: 240_000,
  // Engine runs wait for each other's processes: one more than the cores of a small machine.
  maxWorkers: 3,
  testSequencer: "<rootDir>/test/support/longest-first.cjs",
  reporters: ["default", "<rootDir>/test/support/count.cjs"],
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: patterns([...ENGINE, ...LONG]),
    },
    { ...common, displayName: "long", testRegex: regex(LONG) },
    { ...engine, testRegex: regex(ENGINE) },
  ],
};
// For the configurations of the long runs, which have tests of their own.
Object.defineProperty(module.exports, "engineProject", { value: engine });
