import { resolve } from "node:path";
import { defineConfig } from "vite";
import { fonts } from "./fonts.ts";
import { icons } from "./icons.ts";

export default defineConfig({
  base: "/static/dist/",
  publicDir: false,
  plugins: [icons(), fonts()],
  build: {
    outDir: resolve(import.meta.dirname, "../src/liangyi/web/static/dist"),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    assetsInlineLimit: 0,
    rollupOptions: { input: "src/main.ts" },
  },
});
