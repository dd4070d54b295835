const { engineProject } = require("./jest.config.cjs");

// `npm run matrix`: what is written in docs/compatibility.md, run again. Installs from the registry.
module.exports = {
  ...engineProject,
  reporters: ["default", "<rootDir>/test/matrix/table.cjs"],
  testMatch: ["<rootDir>/test/matrix/*.matrix.ts"],
  testTimeout: 600_000,
  maxWorkers: 1,
};
