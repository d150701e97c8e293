/** Collects the Tabler icons the templates name into one sprite, `icons.svg`, at build time. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Plugin } from "vite";

const here = import.meta.dirname;
const source = resolve(here, "../src/liangyi");
const outline = resolve(here, "node_modules/@tabler/icons/icons/outline");

const patterns = [
  /\{%\s*icon\s+"([a-z0-9-]+)"/g,
  /\bicon=\\?["']([a-z0-9-]+)["']/g,
  /Entry\((?:[^()]|\([^()]*\))*?"[\w-]+:[\w-]+",\s*"([a-z0-9-]+)"/g,
];

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(html|py)$/.test(name))
    .map((name) => join(folder, name));
}

function named(): Set<string> {
  const names = new Set<string>(
    readFileSync(join(here, "icons.txt"), "utf8").split(/\s+/).filter(Boolean),
  );
  for (const file of files(source)) {
    const text = readFileSync(file, "utf8");
    for (const pattern of patterns) for (const match of text.matchAll(pattern)) names.add(match[1]);
  }
  return names;
}

function symbol(name: string): string {
  const svg = readFileSync(join(outline, `${name}.svg`), "utf8");
  const inside = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>")).trim();
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round">${inside}</symbol>`;
}

export function icons(): Plugin {
  return {
    name: "liangyi-icons",
    generateBundle() {
      const names = [...named()].sort();
      const unknown = names.filter((name) => !existsSync(join(outline, `${name}.svg`)));
      if (unknown.length) this.error(`no Tabler icon is called ${unknown.join(", ")}`);
      this.emitFile({
        type: "asset",
        name: "icons.svg",
        originalFileName: "icons.svg",
        source: `<svg xmlns="http://www.w3.org/2000/svg">${names.map(symbol).join("")}</svg>`,
      });
      this.emitFile({
        type: "asset",
        name: "favicon.svg",
        originalFileName: "favicon.svg",
        source: readFileSync(join(here, "src/favicon.svg")),
      });
    },
  };
}
