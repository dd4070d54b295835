import * as fs from "node:fs";
import { packageSpec, SCHEMA_FILE } from "./package.js";

fs.writeFileSync(SCHEMA_FILE, `${JSON.stringify(packageSpec(), null, 2)}\n`);
