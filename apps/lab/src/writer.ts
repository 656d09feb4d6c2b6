// A process of ours that commits to an index: `node writer.js <index> <name> <commits>`. Every commit adds one to the counter
// that all writers share and to its own. Prints how often another writer had come in between.
import { dirname } from "node:path";
import { type IndexDocument, nodeHost } from "@sessionsmith/core";
import { commitIndex, nodeEngineHost } from "@sessionsmith/core/engine";
import { countCommit, readCounter } from "./commit-counters.ts";

const [indexPath = "", name = "", commits = ""] = process.argv.slice(2);
const host = nodeEngineHost(nodeHost());
let seen = 0;
let expected = 0;
let turns = 0;
const commit = {
  realDir: dirname(indexPath),
  indexPath,
  lockTimeoutMs: 60_000,
  edit: (document: IndexDocument) => {
    seen = readCounter(document, "shared");
    return countCommit(document, ["shared", name]);
  },
};

for (let n = 0; n < Number(commits); n += 1) {
  // oxlint-disable-next-line no-await-in-loop -- one commit after the other
  await commitIndex(host, commit);
  if (seen !== expected) turns += 1;
  expected = seen + 1;
}
process.stdout.write(`${turns}\n`);
