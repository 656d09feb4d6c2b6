#!/usr/bin/env node
import { nodeIo } from "./node-io.ts";
import { run } from "./run.ts";

const status = await run(process.argv.slice(2), nodeIo());
await Promise.all([written(process.stdout), written(process.stderr)]);
// Taking a heap apart that held a large index takes longer than many a command; the system does it at once.
process.exit(status);

/** Resolves when all that was written has left this process, or can't any more. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write("", () => resolve());
  });
}
