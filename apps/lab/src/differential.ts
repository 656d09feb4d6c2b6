import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { makeTempDir } from "@sessionsmith/testkit";
import { installPeer, installPeerNode, peerPackage } from "./differential/install-peer.ts";
import { type MigratedResult, runMigrated } from "./differential/run-migrated.ts";
import { runPairs } from "./differential/run-pairs.ts";
import type { PairResult } from "./differential/run-pairs.ts";
import { type RepairedResult, runRepaired } from "./differential/run-repaired.ts";
import { startPeer } from "./differential/start-peer.ts";

// `node differential.js [pairs] [--seed n] [--peer <dir>] [--record <file>]` lets OpenClaw 2026.5.28 and the built command decide on
// random stores with random flags, and ends with 1 if a difference is none of those in docs/differences.md.
// `node differential.js --migrated [--peer <dir>] [--record <file>]` migrates the legacy stores of the fixtures instead, and lets both
// list the result and preview its cleanup with --fix-missing.
// `node differential.js --repaired [--peer <dir>] [--record <file>]` lets OpenClaw load the repaired stores of fixtures/damaged/, and
// open their transcripts.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "1" },
    /** Looks at migrated stores instead of random ones. */
    migrated: { type: "boolean", default: false },
    /** Looks at repaired stores. */
    repaired: { type: "boolean", default: false },
    /** A directory in which the peer is installed already. */
    peer: { type: "string" },
    /** Where the first pairs are written, as a fixture. */
    record: { type: "string" },
  },
});
const count = Number(positionals[0] ?? "500");
const recordedPairs = 40;

const place = makeTempDir();
try {
  await compare(preparePeer());
} finally {
  place.dispose();
}

/** Where the peer and its Node are; undefined if they can't be had. */
function preparePeer(): { readonly dir: string; readonly node: string } | undefined {
  try {
    const node = installPeerNode();
    if (values.peer !== undefined) return { dir: values.peer, node };
    say(`installing ${peerPackage} into ${place.path}`);
    installPeer(place.path);
    return { dir: place.path, node };
  } catch (error) {
    say(`SKIPPED: ${peerPackage} or its Node can't be installed here: ${String(error)}`);
    return undefined;
  }
}

async function compare(peerPlace: ReturnType<typeof preparePeer>): Promise<void> {
  if (peerPlace === undefined) return;
  const peer = await startPeer(peerPlace.dir, peerPlace.node);
  if (values.repaired) return await runRepaired(peer, peerPlace).then(sayRepaired).finally(peer.stop);
  if (values.migrated) return await runMigrated(peer, peerPlace).then(sayMigrated).finally(peer.stop);
  const { pairs, coverage } = await runPairs(peer, { count, seed: Number(values.seed) }).finally(peer.stop);
  for (const pair of pairs) sayUnexplained(pair);
  const causes = pairs.flatMap(({ differences }) => [...new Set(differences.map(({ cause }) => cause))]);
  const unexplained = pairs.filter(({ differences }) => differences.some(({ cause }) => cause === undefined));
  const agreed = pairs.filter(({ differences }) => differences.length === 0);
  for (const cause of new Set(causes.filter((name) => name !== undefined)))
    say(`${String(causes.filter((name) => name === cause).length).padStart(5)} pairs differ by ${cause}`);
  say(`value pairs covered: ${coverage.seen} of ${coverage.all}`);
  const explained = pairs.length - agreed.length - unexplained.length;
  say(
    `${pairs.length} pairs: ${agreed.length} agreed, ${explained} explained, ${unexplained.length} unexplained`,
  );
  if (values.record !== undefined) record(values.record, pairs);
  if (unexplained.length > 0) process.exitCode = 1;
}

function sayMigrated(results: readonly MigratedResult[]): void {
  for (const { name, theirs, differences } of results) {
    const removed = theirs.filter(({ action }) => action !== "keep").length;
    say(`${name}: ${theirs.length} sessions, ${removed} without messages for OpenClaw`);
    for (const { key, what, cause } of differences) say(`  ${key}: ${what} (${cause ?? "UNEXPLAINED"})`);
  }
  const lines = results.map(({ name, theirs }) => JSON.stringify({ name, theirs }));
  if (values.record !== undefined) writeFileSync(values.record, `${lines.join("\n")}\n`);
  if (results.some(({ differences }) => differences.some(({ cause }) => cause === undefined)))
    process.exitCode = 1;
}

function sayRepaired(results: readonly RepairedResult[]): void {
  for (const { name, sessions, entries, differences } of results) {
    const records = Object.values(entries).reduce((sum, read) => sum + read, 0);
    say(
      `${name}: ${sessions.length} sessions, ${records} records in ${Object.keys(entries).length} transcripts`,
    );
    for (const difference of differences) say(`  ${difference}`);
  }
  const different = results.filter(({ differences }) => differences.length > 0).length;
  say(`${results.length} repaired stores: ${results.length - different} agreed, ${different} differ`);
  const lines = results.map(({ name, sessions, entries }) => JSON.stringify({ name, sessions, entries }));
  if (values.record !== undefined) writeFileSync(values.record, `${lines.join("\n")}\n`);
  if (different > 0) process.exitCode = 1;
}

function sayUnexplained({ example, differences }: PairResult): void {
  const unexplained = differences.filter(({ cause }) => cause === undefined);
  if (unexplained.length === 0) return;
  say(`${example.name}: ${JSON.stringify(example.order)} with ${JSON.stringify(example.sketch.settings)}`);
  for (const { index, key, stage, ours, theirs } of unexplained) {
    const rows = example.sketch.indexes[index]?.filter(([other]) => other === key).map(([, row]) => row);
    say(`  ${stage} of ${index}: ${key}: ours ${ours}, theirs ${theirs}; ${JSON.stringify(rows)}`);
  }
}

function record(path: string, pairs: readonly PairResult[]): void {
  const lines = pairs
    .slice(0, recordedPairs)
    .map(({ example, theirs }) => JSON.stringify({ ...example, theirs }));
  writeFileSync(path, `${lines.join("\n")}\n`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
