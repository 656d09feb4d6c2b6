import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { useWorkspace } from "../migrated-workspace.ts";

const space = useWorkspace("openclaw-python-ws1");
/** One session that keeps its id, and one whose id can't name a transcript. */
const keys = ["agent:main:legacy:main-main", "agent:main:telegram:direct:555"];
const indexPath = () => join(space.state().path, "agents", "main", "sessions", "sessions.json");
const rowsOf = (path: string): object => JSON.parse(readFileSync(path, "utf8"));

describe("a second migration finds again what was changed in the store since", () => {
  test.each(keys)("%s, compacted", async (key) => {
    await space.migrate(space.at());
    await space.run(["compact", key, "--max-lines", "1"]);
    await expectNothingToDo(indexPath(), [
      "14 there already, 1 left",
      "14 same, 0 missing, 0 differs, 1 left",
    ]);
  });

  test.each(keys)("%s, reset", async (key) => {
    await space.migrate(space.at());
    await space.run(["reset", key]);
    await expectNothingToDo(indexPath(), [
      "14 there already, 1 left",
      "14 same, 0 missing, 0 differs, 1 left",
    ]);
  });

  test.each(keys)("%s, compacted and then reset", async (key) => {
    await space.migrate(space.at());
    await space.run(["compact", key, "--max-lines", "1"]);
    await space.run(["reset", key]);
    await expectNothingToDo(indexPath(), [
      "14 there already, 1 left",
      "14 same, 0 missing, 0 differs, 1 left",
    ]);
  });

  test("encrypted, with a session that was reset; what was deleted comes in again, alone", async () => {
    const bot = join(space.state().path, "bot");
    const store = ["--store", join(bot, "sessions.json")];
    await space.migrate(space.at(), "--to", bot);
    space.write("key", "0123456789abcdef".repeat(4));
    await space.run(["encrypt", ...store, "--key-file", space.at("key")]);
    await space.run(["reset", keys[0] ?? "", ...store]);
    await expectNothingToDo(join(bot, "sessions.json"), ["0 there already, 15 left", "15 left"], "--to", bot);
    await space.run(["delete", keys[1] ?? "", ...store]);
    const { stdout } = await space.migrate(space.at(), "--to", bot);
    expect(stdout).toContain("1 migrated (1 messages), 0 there already, 14 left");
  });

  async function expectNothingToDo(path: string, [done = "", verified = ""], ...words: readonly string[]) {
    const before = rowsOf(path);
    for (const more of [["--dry-run"], []]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const again = await space.migrate(space.at(), ...words, ...more);
      expect(again).toMatchObject({ status: 0 });
      expect(again.stdout).toContain(`migrated (0 messages), ${done}`);
    }
    expect(rowsOf(path)).toEqual(before);
    const { stdout } = await space.migrate("verify", space.at(), ...words);
    expect(stdout).toContain(verified);
  }
});
