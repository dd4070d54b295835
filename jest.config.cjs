const common = {
  testEnvironment: "node",
  transform: { "^.+\\.ts$": ["ts-jest", { tsconfig: "tsconfig.json", diagnostics: false }] },
  // Sources import with the extension that they have when built.
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
};

module.exports = {
  testTimeout: 240_000,
  // Engine runs wait for each other's processes: one more than the cores of a small machine.
  maxWorkers: 3,
  globalSetup: "<rootDir>/test/support/pack.ts",
  globalTeardown: "<rootDir>/test/support/unpack.ts",
  reporters: ["default", "<rootDir>/test/support/count.cjs"],
  ...common,
  testMatch: ["<rootDir>/test/**/*.test.ts"],
};
