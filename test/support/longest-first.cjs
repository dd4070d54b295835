const Sequencer = require("@jest/test-sequencer").default;

const FIRST = ["engine", "long", "unit"];

/**
 * Jest begins with the tests that took longest at the last run. At the first it only knows how long their
 * text is: then whole programs come first, or a worker is left with one of them at the end.
 */
module.exports = class extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    if (sorted.every(({ duration }) => typeof duration === "number")) return sorted;
    const rank = ({ context }) =>
      FIRST.indexOf(context.config.displayName?.name ?? context.config.displayName);
    return sorted.sort((a, b) => rank(a) - rank(b));
  }
};
