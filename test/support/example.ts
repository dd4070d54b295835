import * as fs from "node:fs";
import * as path from "node:path";
import { Project } from "./project.js";

const examples = path.join(__dirname, "../../examples");

/** An example as a user would copy it, in a project of its own. */
export class Example extends Project {
  readonly #name: string;

  constructor(name: string, environment: Record<string, string> = {}) {
    // Type-checked, as for a user.
    super(name, {}, { PULUMI_NODEJS_TRANSPILE_ONLY: "", ...environment });
    this.#name = name;
    this.overlay(".");
  }

  /** Lays the files of one of the example's folders over the project: an edit. */
  overlay(step: string): void {
    fs.cpSync(path.join(examples, this.#name, step), this.folder, { recursive: true });
  }
}
