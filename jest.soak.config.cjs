const { engineProject } = require("./jest.config.cjs");

// The long run: `npm run test:soak`. SOAK_SEED=<seed> replays one that failed.
module.exports = {
  ...engineProject,
  reporters: ["default", "<rootDir>/test/support/count.cjs"],
  testMatch: ["<rootDir>/test/soak/**/*.soak.ts"],
  testTimeout: 3_600_000,
  maxWorkers: 1,
};
