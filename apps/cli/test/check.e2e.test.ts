import { appendFileSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type MaterializedCase, materializeCase } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runBin } from "./run-bin.ts";
import { treeOf } from "./tree-of.ts";

let store: MaterializedCase;
beforeEach(() => {
  store = materializeCase("openclaw-2026.5.28-one-agent");
});
afterEach(() => store.dispose());

function run(...argv: readonly string[]) {
  const env = { OPENCLAW_STATE_DIR: store.stateDir, OPENCLAW_GATEWAY_PORT: "9" };
  return runBin(argv, { now: store.now, env });
}

async function errorIds(): Promise<readonly string[]> {
  const { status, stdout } = await run("check", "--deep", "--json", "--quiet");
  const { ok, stores } = JSON.parse(stdout);
  const errors = stores[0].findings.filter(({ severity }: { severity: string }) => severity === "error");
  expect({ status, ok }).toEqual(errors.length > 0 ? { status: 4, ok: false } : { status: 0, ok: true });
  return errors.map(({ id }: { id: string }) => id).toSorted();
}

describe("a recorded store whose transcripts are damaged", () => {
  const secret = "a secret of the conversation";

  /** Damages three transcripts in three ways. */
  function damage(): void {
    const dir = dirname(store.indexPath());
    const [torn = "", headless = "", garbled = ""] = readdirSync(dir).filter((name) =>
      /^[\w-]*\.jsonl$/.test(name),
    );
    appendFileSync(join(dir, torn), `{"type":"message","message":{"role":"user","content":"${secret}`);
    const text = readFileSync(join(dir, headless), "utf8");
    writeFileSync(join(dir, headless), text.slice(text.indexOf("\n") + 1));
    appendFileSync(join(dir, garbled), `${secret}\n{"type":"custom","id":"zz","parentId":"${secret}"}\n`);
    // Times that every file system keeps to the microsecond.
    for (const name of [torn, headless, garbled])
      utimesSync(join(dir, name), store.now / 1000 - 7200, store.now / 1000 - 7200);
  }

  test("check finds it, repair mends it, undo takes it back; nobody hears what was said", async () => {
    expect(await errorIds()).toEqual([]);
    damage();
    const before = treeOf(store.stateDir);
    expect(await errorIds()).toEqual([
      "transcript-header-missing",
      "transcript-line-damaged",
      "transcript-parent-missing",
      "transcript-torn-tail",
    ]);
    const shown = [
      await run("check", "--deep", "--verbose"),
      await run("check", "--deep", "--json"),
      await run("repair", "--transcripts", "--verbose"),
      await run("repair", "--transcripts", "--json"),
    ];
    expect(treeOf(store.stateDir)).toEqual(before);
    const { status, stdout } = await run("repair", "--transcripts", "--apply", "--json");
    const done = JSON.parse(stdout);
    expect({ status, operation: typeof done.operationId }).toEqual({ status: 0, operation: "string" });
    expect(await errorIds()).toEqual([]);
    shown.push(await run("undo", done.operationId));
    expect(JSON.stringify([shown, done])).not.toContain(secret);
    expect(treeOf(store.stateDir)).toEqual(before);
  });
});
