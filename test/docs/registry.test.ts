import * as fs from "node:fs";
import * as path from "node:path";
import { load } from "js-yaml";
import entry from "../../.ci/registry-entry.json";
import schema from "../../schema.json";

const root = path.join(__dirname, "../..");
const page = (name: string) => fs.readFileSync(path.join(root, "docs", name), "utf8");
const PAGES = ["_index.md", "installation-configuration.md"];
const LANGUAGES = ["csharp", "go", "java", "python", "typescript", "yaml"];

test.each(PAGES)("%s has the head that the registry requires", (name) => {
  const [, head] = /^---\n([\s\S]*?)\n---\n/.exec(page(name))!;
  const fields = Object.fromEntries(head!.split("\n").map((line) => line.split(/: (.*)/).slice(0, 2)));
  expect(fields).toEqual({
    title: expect.stringContaining("Chroma Sync"),
    meta_desc: expect.stringMatching(/^.{50,150}\.$/),
    layout: "package",
  });
});

test.each(PAGES)("%s closes each chooser, which has all that it offers", (name) => {
  const choosers = [
    ...page(name).matchAll(/\{\{< chooser (\w+) "([\w,]+)" >\}\}([\s\S]*?)\{\{< \/chooser >\}\}/g),
  ];
  expect(choosers).toHaveLength(page(name).split("{{< chooser").length - 1);
  expect(choosers.length).toBeGreaterThan(0);
  for (const [, kind, offered, content] of choosers) {
    const pattern = new RegExp(
      `\\{\\{% choosable ${kind} (\\w+) %\\}\\}[\\s\\S]+?\\{\\{% /choosable %\\}\\}`,
      "g",
    );
    const shown = [...content!.matchAll(pattern)].map(([, one]) => one);
    expect(shown).toEqual(offered!.split(","));
    if (kind === "language") expect(shown.sort()).toEqual(LANGUAGES);
  }
});

// The registry shows the pages elsewhere, where nothing is beside them.
test.each(PAGES)("%s has absolute links alone, and those into the repository lead to a file", (name) => {
  const links = [...page(name).matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link!);
  expect(links.filter((link) => !link.startsWith("https://"))).toEqual([]);
  const within = links.flatMap((link) => link.split(/\/(?:blob|tree)\/main\//).slice(1));
  expect(within.length).toBeGreaterThan(0);
  expect(within.filter((file) => !fs.existsSync(path.join(root, file)))).toEqual([]);
  for (const [, template] of page(name).matchAll(/pulumi new \S+\/(templates\/\w+)/g))
    expect(fs.existsSync(path.join(root, template!, "Pulumi.yaml"))).toBe(true);
});

test("each setting of the plugin is on the page about its configuration", () => {
  const settings = Object.keys(schema.config.variables).map((name) => `| \`chroma-sync:${name}\` |`);
  expect(settings.length).toBeGreaterThan(2);
  expect(settings.filter((row) => !page("installation-configuration.md").includes(row))).toEqual([]);
});

test("the schema has what the registry shows, all of one repository", () => {
  const { displayName, publisher, logoUrl, keywords, pluginDownloadURL, repository, homepage } = schema;
  const [owner] = entry.repoSlug.split("/");
  expect({ displayName, publisher, pluginDownloadURL, repository, homepage }).toEqual({
    displayName: "Chroma Sync",
    publisher: owner,
    pluginDownloadURL: `github://api.github.com/${entry.repoSlug}`,
    repository: `https://github.com/${entry.repoSlug}`,
    homepage: `https://github.com/${entry.repoSlug}`,
  });
  expect(keywords).toEqual(expect.arrayContaining(["category/database", "kind/native"]));
  const [, logo] = logoUrl.split(`https://raw.githubusercontent.com/${entry.repoSlug}/main/`);
  expect(fs.readFileSync(path.join(root, logo!), "utf8")).toMatch(/^<svg [^>]*width="100" height="100"/);
  expect(fs.existsSync(path.join(root, entry.schemaFile))).toBe(true);
});

test("the YAML template says where its provider is, which a program without an SDK has to", () => {
  const template = fs.readFileSync(path.join(root, "templates/yaml/Pulumi.yaml"), "utf8");
  const { resources } = load(template) as { resources: Record<string, { options: object }> };
  const { version, pluginDownloadURL } = schema;
  for (const { options } of Object.values(resources)) expect(options).toEqual({ version, pluginDownloadURL });
});

test("the templates take an SDK of this version", () => {
  const file = (name: string) => fs.readFileSync(path.join(root, "templates", name), "utf8");
  expect(JSON.parse(file("typescript/package.json")).dependencies).toMatchObject({
    "pulumi-chroma-sync-sdk": `^${schema.version}`,
  });
  const [major, minor] = schema.version.split(".");
  expect(file("python/requirements.txt")).toContain(`pulumi_chroma_sync>=${major}.${minor},`);
});
