import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { peerDependencies } from "../../package.json";

const lowest = peerDependencies["@pulumi/pulumi"].replace("^", "");

// What a Ctrl-C does leans on the inner shape of the SDK, so it runs under each end of the range.
test.each([[lowest], ["3.270.0"]])("Ctrl-C ends a wait under @pulumi/pulumi %s", (version) => {
  const output = execFileSync("npx", ["jest", "test/engine/waiting", "--testNamePattern", "Ctrl-C"], {
    cwd: path.join(__dirname, "../.."),
    env: { ...process.env, PULUMI_SDK: version },
    encoding: "utf8",
    stdio: "pipe",
  });
  expect(output).toContain("1 passed, 0 failed");
});
