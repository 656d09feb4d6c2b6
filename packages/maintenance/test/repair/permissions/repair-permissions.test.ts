import { expect, test } from "vitest";
import { mendedStore } from "../mended-store.ts";
import { transcript } from "../transcripts.ts";

test("only the owner may read what was said", async () => {
  const { after, mends } = await mendedStore(
    {
      "sessions.json": { content: "{}", mode: 0o640 },
      "a.jsonl": { content: transcript("a"), mode: 0o664 },
      "b.jsonl": { content: transcript("b"), mode: 0o400 },
      "c.trajectory.jsonl": { content: "{}\n", mode: 0o755 },
      "other.txt": { content: "", mode: 0o666 },
      "twice.jsonl": { content: "", mode: 0o644 },
      "again.jsonl": { hardLink: "twice.jsonl" },
      "theirs.jsonl": { content: "", mode: 0o644, owner: [7, 7] },
    },
    { domains: ["permissions"] },
  );
  expect(mends.map(({ file, from, to }) => [file, from, to])).toEqual([
    ["sessions.json", "0640", "0600"],
    ["a.jsonl", "0664", "0600"],
    ["c.trajectory.jsonl", "0755", "0600"],
  ]);
  const modeOf = (name: string) => Number(after.get(`main/sessions/${name}`)?.split(" ")[0]).toString(8);
  expect(["sessions.json", "a.jsonl", "b.jsonl", "other.txt"].map(modeOf)).toEqual([
    "600",
    "600",
    "400",
    "666",
  ]);
});
