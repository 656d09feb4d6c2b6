import { memoryFs, writeTree, memoryHost } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import type { ProcessTable } from "../../src/disk/process-table.ts";
import { waitForForeignWriter } from "../../src/engine/foreign-writer.ts";

const nowMs = Date.UTC(2026, 10, 20);
const uuid = "11111111-2222-4333-8444-555555555555";

/** Waits for the writer of `name`, which is `ageMs` old; `onSleep` is what happens meanwhile. Returns how long it took. */
async function waitFor(
  name: string,
  options: {
    readonly ageMs?: number;
    readonly state?: ReturnType<ProcessTable["state"]>;
    readonly gone?: number;
  },
): Promise<number> {
  const fs = memoryFs();
  const mtimeNs = BigInt(nowMs - (options.ageMs ?? 0)) * 1_000_000n;
  writeTree(fs, "/s", { "sessions.json": "{}", [name]: { content: "{", mtimeNs } });
  const host = memoryHost(fs);
  let now = nowMs;
  await waitForForeignWriter(
    {
      ...host,
      clock: { now: () => now },
      processes: { ...host.processes, state: () => options.state ?? "alive" },
      sleep: (ms) => {
        now += ms;
        if (options.gone !== undefined && now - nowMs >= options.gone) fs.unlink(`/s/${name}`);
        return Promise.resolve();
      },
    },
    "/s",
    "/s/sessions.json",
  );
  return now - nowMs;
}

test("waits until the temporary file is gone", async () => {
  await expect(waitFor(`sessions.json.7.${uuid}.tmp`, { gone: 200 })).resolves.toBe(200);
});

test("gives up after five seconds and names the file", async () => {
  await expect(waitFor(`sessions.json.7.${uuid}.tmp`, {})).rejects.toMatchObject({
    code: "E_LOCKED",
    details: { path: "/s/sessions.json", temp: `sessions.json.7.${uuid}.tmp` },
  });
});

test.each<[string, string, Parameters<typeof waitFor>[1]]>([
  ["older than five minutes", `sessions.json.7.${uuid}.tmp`, { ageMs: 5 * 60_000 + 1 }],
  ["of a dead process", `sessions.json.7.${uuid}.tmp`, { state: "dead" }],
  ["of another file", `other.json.7.${uuid}.tmp`, {}],
  ["of another shape", "sessions.json.tmp", {}],
])("does not wait for a file %s", async (_name, name, options) => {
  await expect(waitFor(name, options)).resolves.toBe(0);
});

test.each<[string, string, Parameters<typeof waitFor>[1]]>([
  ["without a pid", `sessions.json.${uuid}.tmp`, { state: "dead", gone: 50 }],
  ["of a process that nothing is known of", `sessions.json.7.${uuid}.tmp`, { state: "unknown", gone: 50 }],
  ["from the future", `sessions.json.7.${uuid}.tmp`, { ageMs: -60_000, gone: 50 }],
])("waits for a file %s", async (_name, name, options) => {
  await expect(waitFor(name, options)).resolves.toBe(50);
});
