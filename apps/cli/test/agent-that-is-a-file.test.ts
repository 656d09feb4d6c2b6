import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { runCli } from "./fake-io.ts";
import { bareHost, makeStateDir, type StateDir, storeNow } from "./store-dirs.ts";

const made: StateDir[] = [];
afterEach(() => made.splice(0).forEach((state) => state.dispose()));

/** A state directory in which the place of the default agent is taken by something else; another agent has a session. */
function stateWithout(place: "file" | "loop"): StateDir {
  const state = makeStateDir();
  made.push(state);
  state.writeStore("work", { "agent:work:main": { sessionId: "s1", updatedAt: storeNow } });
  const path = join(state.path, "agents/main");
  rmSync(path, { recursive: true, force: true });
  if (place === "file") state.write("agents/main", "");
  else symlinkSync(path, path);
  state.write("openclaw.json", JSON.stringify({ agents: { list: [{ id: "main" }, { id: "work" }] } }));
  return state;
}

const run = (state: StateDir, ...argv: readonly string[]) =>
  runCli([...argv, "--state-dir", state.path], { host: bareHost(state) });

test.each(["file", "loop"] as const)(
  "a %s in the place of one agent does not keep another from being cleaned",
  async (place) => {
    const state = stateWithout(place);
    expect((await run(state, "cleanup", "--dry-run", "--agent", "work")).status).toBe(0);
    const { status, stderr } = await run(state, "cleanup", "--dry-run", "--all-agents");
    expect(status).toBe(3);
    expect(stderr).toContain("1 of 2 stores could not be done.");
  },
);

test("below a file nothing was interrupted; what can't be looked at is said in words", async () => {
  expect(await run(stateWithout("file"), "recover", "--all-agents")).toMatchObject({ status: 0 });
  const state = stateWithout("loop");
  const { status, stderr } = await run(state, "recover", "--all-agents");
  expect(status).toBe(1);
  expect(stderr).toContain(
    `${join(state.path, "agents/main/sessions")} can't be read (ELOOP). Nothing was changed.`,
  );
});

test("nobody is told that a database holds the sessions of a place that can't be looked at", async () => {
  const { status, stderr } = await run(stateWithout("file"), "cleanup", "--dry-run", "--agent", "main");
  expect(status).toBe(15);
  expect(stderr).toContain("Put right what stands in the way first");
});
