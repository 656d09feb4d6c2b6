import { array, constantFrom, integer, oneof, option, record, subarray, uniqueArray } from "fast-check";
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

/** Whole minutes, because drawn fractions are mostly tiny. */
function daysAgo(fewest: number, most: number): Arbitrary<number> {
  return integer({ min: fewest * 1440, max: most * 1440 }).map((minutes) => now - minutes * 60_000);
}

/** Times as they stand in real indexes, recent ones, old ones and nonsense. */
const updatedAt: Arbitrary<unknown> = oneof(
  {
    weight: 5,
    arbitrary: daysAgo(-3, 120),
  },
  daysAgo(0, 120).map((atMs) => Math.round(atMs / 1000)),
  daysAgo(0, 120).map((atMs) => new Date(atMs).toISOString()),
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
    mtimeNs: daysAgo(0, 90).map((atMs) => BigInt(atMs) * 1_000_000n),
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

/** A row that nothing protects, unless its key does. */
const plainRow: Arbitrary<unknown> = record({
  sessionId: constantFrom(...sessionIds),
  updatedAt: daysAgo(0, 35),
});

/** What the rows of a store are like, and how many they may be. */
interface RowsOf extends Pick<ArrayConstraints, "maxLength" | "minLength" | "size"> {
  readonly keys: readonly string[];
  readonly row: Arbitrary<unknown>;
}

function sketchOf({ keys: rowKeys, row: anyRow, ...sizes }: RowsOf): Arbitrary<StoreSketch> {
  const members = uniqueArray(record({ key: constantFrom(...rowKeys), row: anyRow }), {
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
export const storeSketch: Arbitrary<StoreSketch> = sketchOf({ keys, row, maxLength: 20 });

const crowd = Array.from({ length: 40 }, (_, n) => `agent:main:telegram:direct:${n}`);
const probes = Array.from({ length: 9 }, (_, n) => `00000000-0000-4000-8000-00000000000${n}`);

/** The same with enough rows for every cap, most of them plain, model probes among them. */
export const crowdedSketch: Arbitrary<StoreSketch> = sketchOf({
  keys: [...keys, ...crowd, ...probes.map((id) => `agent:main:explicit:model-run-${id}`)],
  row: oneof({ weight: 4, arbitrary: plainRow }, row),
  minLength: 5,
  maxLength: 50,
  size: "max",
});

const transcriptNames = fileNames.filter((name) => name.endsWith(".jsonl"));

/** What the transcripts of a store hold, as far as it could be read. */
export const messages: Arbitrary<ReadonlyMap<string, MessagePresence>> = array(
  constantFrom<MessagePresence | undefined>("none", "none", "some", "too-large", "unparsable", undefined),
  { minLength: transcriptNames.length, maxLength: transcriptNames.length },
).map(
  (found) =>
    new Map(
      found.flatMap((presence, i) => {
        const name = transcriptNames[i];
        return presence === undefined || name === undefined ? [] : [[name, presence] as const];
      }),
    ),
);
