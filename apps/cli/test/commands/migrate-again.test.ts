import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { useWorkspace } from "../migrated-workspace.ts";

const space = useWorkspace("openclaw-python-ws1");
/** One session that keeps its id, and one whose id can't name a transcript. */
const keys = ["agent:main:legacy:main-main", "agent:main:telegram:direct:555"];
const indexPath = () => join(space.state().path, "agents", "main", "sessions", "sessions.json");

/** What a second run says and does, of all sessions: those that are there as they were, and those that are left. */
async function secondRun(path: string, ...words: readonly string[]) {
  const before = readFileSync(path, "utf8");
  const preview = await space.migrate(space.at(), "--dry-run", ...words);
  const run = await space.migrate(space.at(), ...words);
  const verified = await space.migrate("verify", space.at(), ...words);
  return {
    statuses: [preview.status, run.status, verified.status],
    counts: /migrated \(0 messages\), .*/.exec(run.stdout)?.[0],
    verdicts: /^15 sessions: .*/m.exec(verified.stdout)?.[0],
    isUntouched: readFileSync(path, "utf8") === before && run.stdout.includes("Nothing needed to be done."),
  };
}

const oneLeft = {
  statuses: [0, 0, 4],
  counts: "migrated (0 messages), 14 there already, 1 left",
  verdicts: "15 sessions: 14 same, 0 missing, 0 differs, 1 left, 0 duplicate",
  isUntouched: true,
};

describe("a second migration finds again what was changed in the store since", () => {
  test.each(keys)("%s, compacted", async (key) => {
    await space.migrate(space.at());
    await space.run(["compact", key, "--max-lines", "1"]);
    expect(await secondRun(indexPath())).toEqual(oneLeft);
  });

  test.each(keys)("%s, reset", async (key) => {
    await space.migrate(space.at());
    await space.run(["reset", key]);
    expect(await secondRun(indexPath())).toEqual(oneLeft);
  });

  test.each(keys)("%s, compacted and then reset", async (key) => {
    await space.migrate(space.at());
    await space.run(["compact", key, "--max-lines", "1"]);
    await space.run(["reset", key]);
    expect(await secondRun(indexPath())).toEqual(oneLeft);
  });

  test("encrypted, with a session that was reset; what was deleted comes in again, alone", async () => {
    const bot = join(space.state().path, "bot");
    const index = join(bot, "sessions.json");
    await space.migrate(space.at(), "--to", bot);
    space.write("key", "0123456789abcdef".repeat(4));
    await space.run(["encrypt", "--store", index, "--key-file", space.at("key")]);
    await space.run(["reset", keys[0] ?? "", "--store", index]);
    expect(await secondRun(index, "--to", bot)).toEqual({
      ...oneLeft,
      counts: "migrated (0 messages), 0 there already, 15 left",
      verdicts: "15 sessions: 0 same, 0 missing, 0 differs, 15 left, 0 duplicate",
    });
    await space.run(["delete", keys[1] ?? "", "--store", index]);
    const { stdout } = await space.migrate(space.at(), "--to", bot);
    expect(stdout).toContain("1 migrated (1 message), 0 there already, 14 left");
  });
});

test("a move that was killed before its end is finished, and told, by the next one", async () => {
  const { operationId } = JSON.parse((await space.migrate(space.at(), "--move", "--json")).stdout);
  const ours = join(space.state().path, "agents", "main", "sessions", ".sessionsmith");
  const journal = join(ours, "operations", operationId, "journal.jsonl");
  const withoutEnd = readFileSync(journal, "utf8").split("\n").slice(0, -2);
  writeFileSync(journal, `${withoutEnd.join("\n")}\n`);
  writeFileSync(join(ours, "open", operationId), "");
  expect((await space.migrate(space.at(), "--dry-run")).status).toBe(10);
  const { status, stdout } = await space.migrate(space.at(), "--move");
  expect({ status, told: stdout.split("\n").slice(1, 3) }).toEqual({
    status: 0,
    told: ["Status: success", "An interrupted migration was finished; there was nothing more to bring in."],
  });
  expect(stdout).toContain(`Done as operation ${operationId};`);
  expect((await space.migrate(space.at(), "--move")).status).toBe(10);
});
