/** Puts the Chinese fonts of printed documents beside the engine that prints them (git-ignored). */
import { copyFileSync, existsSync, mkdirSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Plugin } from "vite";

const here = import.meta.dirname;
const source = resolve(here, "node_modules/@expo-google-fonts/noto-sans-sc");
const target = resolve(here, "../src/liangyi/platform/documents/fonts");
const wanted = ["400Regular/NotoSansSC_400Regular.ttf", "700Bold/NotoSansSC_700Bold.ttf"];

function isThere(from: string, to: string): boolean {
  return existsSync(to) && statSync(to).size === statSync(from).size;
}

export function fonts(): Plugin {
  return {
    name: "liangyi-fonts",
    closeBundle() {
      mkdirSync(target, { recursive: true });
      for (const font of wanted) {
        const [from, to] = [join(source, font), join(target, basename(font))];
        if (!isThere(from, to)) copyFileSync(from, to);
      }
    },
  };
}
