import { array, constantFrom, double, oneof, option, record, subarray, uniqueArray } from "fast-check";
import type { MessagePresence } from "@sessionsmith/core";
import type { Arbitrary, ArrayConstraints } from "fast-check";
import { dayMs, now } from "./snapshot-builder.ts";
import type { StoreSketch } from "./snapshot-builder.ts";

const keys = [
  "main direct:ann direct:bob telegram:direct:5 dashboard:1 explicit:1 whatsapp:group:g matrix:room:r",
  "slack:channel:c slack:channel:c:thread:9 telegram:group:-1:topic:4",
  "acp:1 cron:job cron:job:run:1 subagent:1 hook:1 main:heartbeat",
].flatMap((rests) => rests.split(" ").flatMap((rest) => [`agent:main:${rest}`, `agent:work:${rest}`]));
const sessionIds = ["s0", "s1", "s2", "s3", "s4"];

/** Times as they stand in real indexes, recent ones, old ones and nonsense. */
const updatedAt: Arbitrary<unknown> = oneof(
  {
    weight: 5,
    arbitrary: double({ min: -3, max: 120, noNaN: true }).map((days) => Math.round(now - days * dayMs)),
  },
  double({ min: 0, max: 120, noNaN: true }).map((days) => Math.round((now - days * dayMs) / 1000)),
  double({ min: 0, max: 120, noNaN: true }).map((days) => new Date(now - days * dayMs).toISOString()),
  constantFrom(0, -1, null, undefined, "yesterday", "2020-01-01T00:00:00"),
);

const row: Arbitrary<unknown> = oneof(
  {
    weight: 20,
    arbitrary: record(
      {
        sessionId: constantFrom(...sessionIds),
        updatedAt,
        sessionFile: constantFrom("s0.jsonl", "s1-topic-4.jsonl", "s3.jsonl"),
        chatType: constantFrom("direct", "group"),
        status: constantFrom("running", "done"),
        pluginExtensions: constantFrom(
          { sessionsmith: {} },
          { other: {} },
          { sessionsmith: { lease: { expiresAt: now - 1 } } },
          { sessionsmith: { lease: { expiresAt: now + dayMs } } },
        ),
      },
      { requiredKeys: ["sessionId", "updatedAt"] },
    ),
  },
  constantFrom([], null, 7),
);

const file = record(
  {
    kind: constantFrom("file", "file", "file", "symlink"),
    nlink: constantFrom(1, 1, 1, 2),
    mtimeNs: double({ min: 0, max: 90, noNaN: true }).map(
      (days) => BigInt(Math.round(now - days * dayMs)) * 1_000_000n,
    ),
  } as const,
  { requiredKeys: [] },
);

const fileEnds = [
  ".jsonl",
  "-topic-4.jsonl",
  ".trajectory.jsonl",
  ".jsonl.lock",
  ".jsonl.codex-app-server.json",
];
const fileNames = sessionIds.flatMap((id) => fileEnds.map((end) => `${id}${end}`));

function sketchOf(rowKeys: readonly string[], sizes: ArrayConstraints): Arbitrary<StoreSketch> {
  const members = uniqueArray(record({ key: constantFrom(...rowKeys), row }), {
    selector: ({ key }) => key,
    ...sizes,
  });
  return record({
    rows: members.map((all) => Object.fromEntries(all.map(({ key, row: value }) => [key, value]))),
    files: subarray(fileNames).chain((names) =>
      array(file, { minLength: names.length, maxLength: names.length }).map((facts) =>
        Object.fromEntries(names.map((name, i) => [name, facts[i] ?? {}])),
      ),
    ),
    locked: subarray([...rowKeys], { maxLength: 2 }),
    protectedElsewhere: option(subarray(fileNames, { maxLength: 2 }), { nil: [] }),
  });
}

/** Stores whose rows share transcripts, with files that are missing, odd, locked or protected from elsewhere. */
export const storeSketch: Arbitrary<StoreSketch> = sketchOf(keys, { maxLength: 20 });

const crowd = Array.from({ length: 40 }, (_, n) => `agent:main:telegram:direct:${n}`);
const probes = Array.from({ length: 9 }, (_, n) => `00000000-0000-4000-8000-00000000000${n}`);

/** The same with enough rows for every cap, model probes among them. */
export const crowdedSketch: Arbitrary<StoreSketch> = sketchOf(
  [...keys, ...crowd, ...probes.map((id) => `agent:main:explicit:model-run-${id}`)],
  { minLength: 10, maxLength: 60 },
);

const presence = constantFrom<MessagePresence>("none", "none", "some", "too-large", "unparsable");

/** What the transcripts of a store hold, as far as it could be read. */
export const messages: Arbitrary<ReadonlyMap<string, MessagePresence>> = subarray(
  fileNames.filter((name) => name.endsWith(".jsonl")),
).chain((names) =>
  array(presence, { minLength: names.length, maxLength: names.length }).map(
    (found) => new Map(names.map((name, i) => [name, found[i] ?? "some"])),
  ),
);
