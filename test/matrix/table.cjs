// Writes what was run into RESULTS.md beside this file, between its two marks.
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const root = path.join(__dirname, "../..");
const page = path.join(__dirname, "RESULTS.md");

module.exports = class Table {
  onRunComplete(_contexts, { numTotalTestSuites, numRuntimeErrorTestSuites, testResults }) {
    const tests = testResults.flatMap((file) => file.testResults);
    const sections = [...Map.groupBy(tests, ({ ancestorTitles }) => ancestorTitles.join(" "))]
      .sort()
      .map(
        ([title, rows]) =>
          `### ${title}\n\n| run | result | time |\n|---|---|---|\n${rows.map(row).join("\n")}\n`,
      );
    const text = `Run on ${new Date().toISOString().slice(0, 10)}, ${process.platform} ${process.arch}. ${size()}\n\n${sections.join("\n")}`;
    console.log(text);
    // A part of the matrix is not the matrix.
    const whole = tests.every(({ status }) => status === "passed" || status === "failed");
    if (!whole || numTotalTestSuites < 2 || numRuntimeErrorTestSuites > 0) return;
    const before = fs.readFileSync(page, "utf8");
    fs.writeFileSync(page, before.replace(/(<!-- matrix -->\n)[\s\S]*(<!-- end -->)/, `$1${text}$2`));
  }
};

function row({ title, status, duration, ancestorTitles }) {
  const good = ancestorTitles[0].startsWith("Refused") ? "refused" : "ok";
  return `| ${title} | ${status === "passed" ? good : `**${status}**`} | ${Math.round(duration / 1000)} s |`;
}

function size() {
  const npm = ["pack", "--dry-run", "--ignore-scripts", "--json"];
  const [packed] = JSON.parse(execFileSync("npm", npm, { cwd: root, encoding: "utf8", stdio: "pipe" }));
  const kB = (bytes) => `${Math.round(bytes / 1000)} kB`;
  return `The tarball: ${kB(packed.size)}, ${kB(packed.unpackedSize)} unpacked, ${packed.entryCount} files.`;
}
