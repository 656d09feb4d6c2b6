// Makes the command one small file, and one more for each family of commands, which is loaded when one of them is run: a process
// that loads a hundred small modules spends more time on finding them than on its work. Each file holds all that it needs,
// what others need too; shared files would hold for each command what the others need.
import { rmSync } from "node:fs";
import { basename } from "node:path";
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

const families = [
  "host",
  "reading",
  "writing",
  "sessions",
  "calling",
  "migrating",
  "exporting",
  "importing",
  "checking",
  "repairing",
  "encrypting",
  "managing",
  "converting",
];

/** Leaves the families to their own files. */
function leaveFamilies(dirFromHere) {
  return {
    name: "leave-families",
    setup({ onResolve }) {
      onResolve({ filter: new RegExp(`/(?:${families.join("|")})\\.ts$`) }, ({ path, kind }) =>
        kind === "dynamic-import"
          ? { path: `${dirFromHere}/${basename(path, ".ts")}.js`, external: true }
          : undefined,
      );
    },
  };
}

/** Bundles one file of the command; libraries that are only now and then needed become chunks of their own. */
function bundle(name, outdir, dirOfFamilies) {
  return build({
    absWorkingDir: dir,
    entryPoints: { [name]: `src/${name}.ts` },
    outdir,
    chunkNames: "[name]-[hash]",
    bundle: true,
    plugins: [leaveFamilies(dirOfFamilies), startsNoProgram],
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
}

await Promise.all([
  bundle("bin", "dist", "./chunks"),
  ...families.map((family) => bundle(family, "dist/chunks", ".")),
]);
