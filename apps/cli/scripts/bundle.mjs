// Makes the command one file plus one chunk a command: a process that loads a hundred small modules spends more time on
// finding them than on its work. The libraries stay unbundled.
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const dir = fileURLToPath(new URL("..", import.meta.url));
rmSync(`${dir}/dist/chunks`, { recursive: true, force: true });

// commander starts programs for subcommands that are files of their own. This command has none, and starts no program at all:
// what it does not load it can't use, and loading it takes time.
const startsNoProgram = {
  name: "starts-no-program",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:node:)?child_process$/ }, ({ path }) => ({
      path,
      namespace: "starts-no-program",
    }));
    onLoad({ filter: /./, namespace: "starts-no-program" }, () => ({ contents: "module.exports = {};" }));
  },
};

await build({
  absWorkingDir: dir,
  entryPoints: { bin: "src/bin.ts" },
  outdir: "dist",
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  plugins: [startsNoProgram],
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
