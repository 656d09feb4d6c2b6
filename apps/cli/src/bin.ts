#!/usr/bin/env node
import { exitStatusByCode } from "./exit-codes.ts";
import { nodeIo } from "./node-io.ts";
import { run } from "./run.ts";

let lost: string | undefined;
const io = nodeIo((errno) => {
  lost = errno;
});
let status = await run(process.argv.slice(2), io);
await written(process.stdout);
if (lost !== undefined) {
  io.stderr(
    `sessionsmith: standard output can't be written (${lost}), so the answer is not complete.\n` +
      "What the command was to do is done, or it said why not; `sessionsmith operations` lists what was changed.\n",
  );
  status = exitStatusByCode.E_IO;
}
await written(process.stderr);
// Taking a heap apart that held a large index takes longer than many a command; the system does it at once.
process.exit(status);

/** Resolves when all that was written has left this process, or can't any more. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write("", () => resolve());
  });
}
