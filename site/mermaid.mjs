// Diagrams are drawn when the site is built: no script of 100 MB, and no page that moves while it loads.
import { renderMermaidSVG } from "beautiful-mermaid";

const LIGHT = { bg: "#ffffff", fg: "#1f2328", muted: "#4b5058", line: "#6b7078" };
const DARK = { bg: "#1b1b1f", fg: "#dfdfd6", muted: "#b8b8b0", line: "#8a8a84" };

/** Draws the blocks of mermaid of a markdown-it, with their source beneath for who does not see them. */
export function mermaid(md) {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, ...others) => {
    const { info, content } = tokens[index];
    if (info.trim() !== "mermaid") return fence(tokens, index, ...others);
    const image = (colours, theme) => {
      const svg = renderMermaidSVG(content, { ...colours, font: "sans-serif" }).replace(
        /@import url\([^)]*\);/,
        "",
      );
      return `<img class="${theme}" alt="Diagram, see its text below" src="data:image/svg+xml,${encodeURIComponent(svg)}">`;
    };
    const source = `<details><summary>The diagram as text</summary><pre v-pre>${md.utils.escapeHtml(content)}</pre></details>`;
    return `<figure class="mermaid">${image(LIGHT, "light-only")}${image(DARK, "dark-only")}${source}</figure>\n`;
  };
}
