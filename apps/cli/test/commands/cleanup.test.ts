import { join } from "node:path";
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { listStoreCases, materializeCase, readRecordedCleanup } from "@sessionsmith/testkit";
import { runCli } from "../fake-io.ts";
import type { RunSetting } from "../fake-io.ts";
import { bareHost, makeStateDir, storeNow } from "../store-dirs.ts";

const state = makeStateDir();
afterAll(state.dispose);
const day = 86_400_000;
const row = (n: number, ageDays: number, more: object = {}): object => ({
  sessionId: `s${n}`,
  updatedAt: storeNow - ageDays * day,
  ...more,
});
const rows = {
  "agent:main:telegram:direct:1": row(1, 1, { model: "gpt-5", label: "Ann", systemSent: true }),
  "agent:main:telegram:direct:2": row(2, 40, { label: "Ann" }),
  "agent:main:telegram:group:3": row(3, 50),
  "agent:main:telegram:direct:4": row(4, 60, { label: "\u001b[2Jx" }),
};
state.writeStore("main", rows);

function cleanup(argv: readonly string[], setting: RunSetting = {}) {
  return runCli(["cleanup", "--state-dir", state.path, ...argv], { host: bareHost(state), ...setting });
}

async function previewJson(...argv: readonly string[]) {
  const { stdout } = await cleanup(["--dry-run", "--json", ...argv]);
  return JSON.parse(stdout);
}

describe("text", () => {
  test("counts, the table of actions newest first, a summary by label, one sentence for mode warn", async () => {
    const { status, stdout, stderr } = await cleanup(["--dry-run"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.split("\n")).toEqual([
      `Session store: ${join(state.path, "agents/main/sessions/sessions.json")}`,
      "Maintenance mode: warn",
      "Rules: safe",
      "Entries: 4 -> 2 (remove 2)",
      "Would prune stale: 2",
      "Would retire expired archives: 0",
      "Would prune unreferenced artifacts: 0",
      "In mode warn this is only reported; mode enforce would do it.",
      "",
      "Planned session actions:",
      "Action       Key                           Age      Model  Flags",
      "keep         agent:main:telegram:direct:1  24h ago  gpt-5  system id:s1",
      "prune-stale  agent:main:telegram:direct:2  40d ago         id:s2",
      "keep         agent:main:telegram:group:3   50d ago         id:s3",
      "prune-stale  agent:main:telegram:direct:4  60d ago         id:s4",
      "",
      "By label:",
      "Label     Keep  Remove",
      "\\x1b[2Jx  0     1",
      "Ann       1     1",
      "(none)    1     0",
      "",
    ]);
  });

  test("--verbose adds the reasons, of kept sessions too", async () => {
    const { stdout } = await cleanup(["--dry-run", "--verbose"]);
    expect(stdout).toMatch(/group:3 .* id:s3 +older-than-prune-after, protected:group\n/);
    expect(stdout).toMatch(/direct:1 .* within-prune-after\n/);
  });

  test("a store in which nothing is due says so", async () => {
    expect((await cleanup(["--dry-run", "--older-than", "90d"])).stdout).toContain(
      "\nNothing needs to change.\n",
    );
  });

  test("a guard that holds it back is named", async () => {
    const mass = makeStateDir();
    try {
      mass.writeStore(
        "main",
        Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`agent:main:x:direct:${n}`, row(n, 44)])),
      );
      const { status, stdout } = await runCli(["cleanup", "--dry-run", "--state-dir", mass.path], {
        host: bareHost(mass),
      });
      expect(status).toBe(0);
      expect(stdout).toContain("\nHeld back: more than half of the conversations would go");
      expect(stdout).not.toContain("mode enforce would do it");
    } finally {
      mass.dispose();
    }
  });
});

describe("in mode warn", () => {
  test("nothing is changed, and a run without --dry-run says so", async () => {
    const own = makeStateDir();
    try {
      own.writeStore("main", rows);
      const index = join(own.path, "agents/main/sessions/sessions.json");
      const before = readFileSync(index, "utf8");
      const result = await runCli(["cleanup", "--json", "--state-dir", own.path], { host: bareHost(own) });
      expect(result.status).toBe(0);
      expect(result.stderr).toMatch(
        /^sessionsmith: nothing was changed: session.maintenance.mode is warn\..*\n$/,
      );
      expect(JSON.parse(result.stdout)).toMatchObject({
        mode: "warn",
        dryRun: true,
        pruned: 2,
        wouldApply: false,
      });
      expect(readFileSync(index, "utf8")).toBe(before);
    } finally {
      own.dispose();
    }
  });
});

describe("JSON", () => {
  test("one store is a flat object without decisions; --details adds them", async () => {
    const flat = await previewJson();
    expect(flat).toMatchObject({ agentId: "main", mode: "warn", beforeCount: 4, afterCount: 2, pruned: 2 });
    expect(flat).not.toHaveProperty("decisions");
    const { decisions } = await previewJson("--details");
    expect(decisions).toContainEqual({
      key: "agent:main:telegram:direct:1",
      sessionId: "s1",
      action: "keep",
      reasons: ["within-prune-after"],
      ageMs: day,
      model: "gpt-5",
    });
  });

  test("--all-agents is a list of stores, be it one; an agent without a store is an empty one", async () => {
    const all = await previewJson("--all-agents");
    expect(all).toMatchObject({
      allAgents: true,
      mode: "warn",
      dryRun: true,
      stores: [{ agentId: "main", pruned: 2 }],
    });
    expect(Object.keys(all)).toEqual(["allAgents", "mode", "dryRun", "stores"]);
    const two = makeStateDir();
    try {
      two.write("openclaw.json", `{ agents: { list: [{ id: "main" }, { id: "new" }] } }`);
      two.writeStore("main", rows);
      const argv = ["cleanup", "--dry-run", "--all-agents", "--json", "--state-dir", two.path];
      const { status, stdout } = await runCli(argv, { host: bareHost(two) });
      const { stores } = JSON.parse(stdout);
      expect(status).toBe(0);
      expect(stores[1]).toMatchObject({ agentId: "new", beforeCount: 0, afterCount: 0, wouldMutate: false });
      expect(Object.keys(stores[1])).toEqual(Object.keys(stores[0]));
    } finally {
      two.dispose();
    }
  });

  test.each<[string, readonly string[], number]>([
    ["--older-than", ["--older-than", "45d"], 1],
    ["--active-key in another case", ["--active-key", "agent:main:Telegram:direct:2"], 1],
    [
      "several --active-key",
      ["--active-key", "agent:main:telegram:direct:2", "--active-key", "agent:main:telegram:direct:4"],
      0,
    ],
    ["--now", ["--now", String(storeNow - 35 * day)], 0],
  ])("%s changes what would go", async (_, argv, pruned) => {
    expect(await previewJson(...argv)).toMatchObject({ pruned });
  });

  test.each(listStoreCases())(
    "--fix-missing counts as OpenClaw does in a recorded store: %s",
    async (name) => {
      const copy = materializeCase(name);
      try {
        const argv = ["--fix-missing", "--preset", "openclaw-2026.5", "--dry-run", "--json"];
        const place = ["--now", String(copy.now), "--state-dir", copy.stateDir];
        const { status, stdout } = await runCli(["cleanup", ...argv, ...place], { host: bareHost(state) });
        const { beforeCount, missing, pruned, capped } = readRecordedCleanup(name, "dry-missing");
        expect(status).toBe(0);
        expect(JSON.parse(stdout)).toMatchObject({ beforeCount, missing, pruned, capped, repaired: 0 });
      } finally {
        copy.dispose();
      }
    },
  );

  test.each(listStoreCases())(
    "counts stale rows and those beyond the cap as OpenClaw does in a recorded store: %s",
    async (name) => {
      const copy = materializeCase(name);
      try {
        const argv = [
          "--preset",
          "openclaw-2026.5",
          "--dry-run",
          "--json",
          "--now",
          String(copy.now),
          "--state-dir",
          copy.stateDir,
        ];
        const { status, stdout } = await runCli(["cleanup", ...argv], { host: bareHost(state) });
        const recorded = readRecordedCleanup(name, "dry");
        expect(status).toBe(0);
        expect(JSON.parse(stdout)).toMatchObject({
          beforeCount: recorded.beforeCount,
          pruned: recorded.pruned,
          capped: recorded.capped,
        });
      } finally {
        copy.dispose();
      }
    },
  );
});

describe("what goes wrong", () => {
  test.each<[readonly string[], number, RegExp]>([
    [["--preset", "save"], 2, /--preset does not know "save"\nDid you mean safe\?/],
    [["--older-than", "30"], 2, /--older-than "30": the unit is missing/],
    [["--older-than", "0d"], 2, /--older-than "0d": a duration must be longer than zero/],
    [["--agent", "nobody"], 10, /nobody/],
    [["--enforce", "--dry-run"], 2, /--enforce can't be combined with --dry-run/],
    [["--enforce", "--plan-out", "x"], 2, /--enforce can't be combined with --dry-run or --plan-out/],
    [["--force"], 2, /--force goes with --plan-out/],
    [["--enforce", "--now", "1795167991614"], 2, /--now goes with a preview only\nAdd --dry-run\./],
    [["--fix-everything"], 2, /unknown option '--fix-everything'/],
    [["--kind", "cron"], 2, /--kind narrows an order, but none is given\nAdd --older-than <duration>, /],
    [["--enforce", "--kind", "cron"], 2, /--kind narrows an order/],
    [["--ghosts", "--kind", "cron,hok"], 2, /--kind does not know "hok"\nDid you mean hook\?/],
    [["--before", "2026-01-01T00:00:00Z"], 2, /--before goes with --expired/],
    [["--expired", "--before", "yesterday"], 2, /--before "yesterday": not a time/],
  ])("%j ends with %i", async (argv, status, text) => {
    const result = await cleanup(argv);
    expect(result).toMatchObject({ status, stdout: "" });
    expect(result.stderr).toMatch(text);
  });

  test("settings that can't be relied on: exit 2, every one is named", async () => {
    const odd = makeStateDir();
    try {
      odd.write("openclaw.json", `{ session: { maintenance: { pruneAfter: "2w", maxEntries: 0 } } }`);
      odd.writeStore("main", rows);
      const result = await runCli(["cleanup", "--state-dir", odd.path, "--json"], { host: bareHost(odd) });
      expect(result).toMatchObject({ status: 2, stdout: "" });
      const { error } = JSON.parse(result.stderr);
      expect(error).toMatchObject({ code: "E_CONFIG", exitCode: 2 });
      expect(error.message).toContain("pruneAfter");
      expect(error.message).toContain("maxEntries");
    } finally {
      odd.dispose();
    }
  });

  test("sessions in OpenClaw's database: exit 15 alone, 3 among several", async () => {
    const mixed = makeStateDir();
    try {
      mixed.write("openclaw.json", `{ agents: { list: [{ id: "main" }, { id: "work" }] } }`);
      mixed.writeStore("main", rows);
      mixed.writeStore("work", rows);
      mixed.write("agents/main/session-sqlite-import-archive/sessions.json", "{}");
      const run = (...argv: readonly string[]) =>
        runCli(["cleanup", "--dry-run", "--state-dir", mixed.path, ...argv], { host: bareHost(mixed) });
      const alone = await run();
      expect(alone).toMatchObject({ status: 15, stdout: "" });
      expect(alone.stderr).toMatch(
        /^sessionsmith: .* is not to be touched: .* Nothing was changed\.\nOpenClaw keeps/,
      );
      const all = await run("--all-agents", "--json");
      expect(all.status).toBe(3);
      const { stores } = JSON.parse(all.stdout);
      expect(stores).toMatchObject([
        { agentId: "main", error: { code: "E_SQLITE_ERA" } },
        { agentId: "work", pruned: 2 },
      ]);
      const text = (await run("--all-agents")).stdout;
      expect(text).toMatch(
        /^Agent: main\nSession store: .*\nNot judged \(E_SQLITE_ERA\): .*\n\nAgent: work\nSession store: /,
      );
    } finally {
      mixed.dispose();
    }
  });
});
