import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { TARGETS } from "./targets.mjs";

const TOOL = "@cyclonedx/cyclonedx-npm@6.0.1";

/** Writes what the executables are made of (CycloneDX): the packages in the bundle, and Node. */
export function billOfMaterials(folder, version, packages) {
  const file = path.join(folder, `pulumi-chroma-sync_${version}_sbom.cdx.json`);
  execFileSync(
    "npm",
    [
      ...["exec", "--yes", "--ignore-scripts", `--package=${TOOL}`, "--"],
      ...["cyclonedx-npm", "--output-format", "JSON", "--output-file", file, "--flatten-components"],
      // The lock file says it all; the tree that is installed is read slowly, and with thousands of complaints.
      ...["--output-reproducible", "--ignore-npm-errors", "--package-lock-only"],
    ],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  const bill = JSON.parse(fs.readFileSync(file, "utf8"));
  // The tool lists all that is installed.
  const bundled = bill.components.filter(({ properties = [] }) =>
    properties.some(({ name, value }) => name === "cdx:npm:package:path" && packages.has(value)),
  );
  const nodes = [...new Set(Object.values(TARGETS).map((target) => target.version))].map((node) => ({
    type: "platform",
    "bom-ref": `node@${node}`,
    name: "node",
    version: node,
    purl: `pkg:generic/node@${node}`,
  }));
  bill.components = [...bundled, ...nodes];
  const kept = new Set(bill.components.map((component) => component["bom-ref"]));
  const root = bill.metadata.component["bom-ref"];
  bill.dependencies = bill.dependencies
    .filter(({ ref }) => ref === root || kept.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => kept.has(one)) }));
  fs.writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);
  return file;
}
