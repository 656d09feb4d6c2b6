// Makes the command one file plus one chunk a command: a process that loads a hundred small modules spends more time on
// finding them than on its work. The libraries stay unbundled.
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const dir = fileURLToPath(new URL("..", import.meta.url));
rmSync(`${dir}/dist/chunks`, { recursive: true, force: true });

await build({
  absWorkingDir: dir,
  entryPoints: { bin: "src/bin.ts" },
  outdir: "dist",
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  conditions: ["@sessionsmith/source"],
  // CommonJS libraries inside the bundle ask for Node's modules with require.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: "warning",
});
