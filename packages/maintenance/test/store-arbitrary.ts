import { array, constantFrom, double, oneof, option, record, subarray, uniqueArray } from "fast-check";
import type { Arbitrary } from "fast-check";
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
        pluginExtensions: constantFrom({ sessionsmith: {} }, { other: {} }),
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
  ".jsonl.deleted.2026-03-01T00-00-00.000Z",
  ".jsonl.reset.2026-06-01T00-00-00.000Z",
];
const fileNames = [
  ...sessionIds.flatMap((id) => fileEnds.map((end) => `${id}${end}`)),
  "sessions.json.0a7b6b7e-3f1c-4d3a-9d5e-7f3f0c1b2a3d.tmp",
  "notes.txt",
];

/** Stores whose rows share transcripts, with files that are missing, odd, locked or protected from elsewhere. */
export const storeSketch: Arbitrary<StoreSketch> = record({
  rows: uniqueArray(record({ key: constantFrom(...keys), row }), {
    selector: ({ key }) => key,
    maxLength: 20,
  }).map((members) => Object.fromEntries(members.map(({ key, row: value }) => [key, value]))),
  files: subarray(fileNames).chain((names) =>
    array(file, { minLength: names.length, maxLength: names.length }).map((facts) =>
      Object.fromEntries(names.map((name, i) => [name, facts[i] ?? {}])),
    ),
  ),
  locked: subarray(keys, { maxLength: 2 }),
  protectedElsewhere: option(subarray(fileNames, { maxLength: 2 }), { nil: [] }),
});
