// The long run: `npm run test:soak`. SOAK_SEED=<seed> replays one that failed.
module.exports = {
  ...require("./jest.config.cjs"),
  testMatch: ["<rootDir>/test/soak/**/*.soak.ts"],
  testTimeout: 3_600_000,
  maxWorkers: 1,
};
