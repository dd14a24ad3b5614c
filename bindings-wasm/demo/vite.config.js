import { fileURLToPath } from "node:url";

import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  root: fileURLToPath(new URL(".", import.meta.url)),
  build: { outDir: "../demo-dist", emptyOutDir: true, chunkSizeWarningLimit: 8000, assetsInlineLimit: 0 },
  worker: { format: "es" },
  server: { fs: { allow: ["../.."] } },
});
