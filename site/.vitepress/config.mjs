import * as fs from "node:fs";
import * as path from "node:path";
import GithubSlugger from "github-slugger";
import { defineConfig } from "vitepress";
import { mermaid } from "../mermaid.mjs";
import { placeOf, root, SECTIONS, titleOf } from "../pages.mjs";

const { description, homepage } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
const linkOf = (file) => `/${placeOf(file).replace(/(index)?\.md$/, "")}`;
const sidebar = Object.entries(SECTIONS).map(([text, files]) => ({
  text,
  collapsed: false,
  items: files.map((file) => ({
    text: titleOf(fs.readFileSync(path.join(root, "docs", file), "utf8")),
    link: linkOf(file),
  })),
}));

export default defineConfig({
  title: "pulumi-chroma-sync",
  description,
  // Where the site is, below the host.
  base: process.env.SITE_BASE ?? "/",
  srcDir: "../dist-site/pages",
  srcExclude: ["public/**"],
  outDir: "../dist-site/html",
  cacheDir: "../dist-site/cache",
  head: [["link", { rel: "icon", href: `${process.env.SITE_BASE ?? "/"}logo.svg` }]],
  // The anchors of the pages are those of GitHub, where the same pages are read.
  markdown: { anchor: { slugify: (text) => new GithubSlugger().slug(text) }, config: mermaid },
  themeConfig: {
    logo: "/logo.svg",
    search: { provider: "local" },
    outline: [2, 3],
    nav: [
      { text: "Tutorial", link: "/tutorial" },
      { text: "Reference", link: "/reference/" },
      { text: "TypeScript API", link: "/api/index.html", target: "_self" },
    ],
    sidebar,
    socialLinks: [{ icon: "github", link: homepage.replace("#readme", "") }],
  },
});
