import type { CommandHandler } from "../command-spec.ts";
import { outputView } from "../output-view.ts";
import { commandVersion, packageVersions } from "../package-versions.ts";
import { writeJson } from "../render/json.ts";

/** Runs `sessionsmith version`. */
export const runVersion: CommandHandler = async ({ io, options }) => {
  const version = commandVersion();
  if (outputView(options, io).json) {
    writeJson({ version, node: process.versions.node, packages: packageVersions() }, io.stdout);
  } else {
    io.stdout(`${version}\n`);
  }
  return 0;
};
