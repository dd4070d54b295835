import * as fs from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";

interface File {
  path: string;
  content: string;
}

const provider: pulumi.dynamic.ResourceProvider<File, File> = {
  async create(file) {
    fs.mkdirSync(path.dirname(file.path), { recursive: true });
    fs.writeFileSync(file.path, file.content);
    return { id: file.path, outs: file };
  },
  async update(_id, _old, file) {
    fs.writeFileSync(file.path, file.content);
    return { outs: file };
  },
  async delete(_id, file) {
    fs.rmSync(file.path, { force: true });
  },
};

/** A file beside the program, in place of what a real stack deploys. */
export class LocalFile extends pulumi.dynamic.Resource {
  constructor(
    name: string,
    file: { [Key in keyof File]: pulumi.Input<string> },
    options?: pulumi.CustomResourceOptions,
  ) {
    super(provider, name, file, options);
  }
}
