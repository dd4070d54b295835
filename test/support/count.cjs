// The last line of a run: how many passed and how many failed.
module.exports = class {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numFailedTestSuites, numRuntimeErrorTestSuites } = results;
    const failed = numFailedTests + (numRuntimeErrorTestSuites || 0);
    process.on("exit", () =>
      console.log(`${numPassedTests} passed, ${failed || (numFailedTestSuites ? 1 : 0)} failed`),
    );
  }
};
