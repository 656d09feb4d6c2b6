import { symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeTempDir, type TempDir } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readSettings } from "../../src/layout/read-settings.ts";
import { resolveStoreTargets } from "../../src/layout/resolve-store-targets.ts";
import type { SessionSettings } from "../../src/layout/session-settings.ts";
import type { StoreSelection } from "../../src/layout/store-selection.ts";
import type { StoreTarget } from "../../src/layout/store-target.ts";
import { failingFs, testHost, writeTree } from "./test-host.ts";

let dir: TempDir;
beforeEach(() => {
  dir = makeTempDir();
});
afterEach(() => dir.dispose());

const at = (path: string) => join(dir.path, path);

function settingsOf(settings: object): SessionSettings {
  writeTree(dir.path, { "openclaw.json": JSON.stringify(settings) });
  return readSettings(testHost(dir.path), at("openclaw.json"));
}

const twoAgents = { agents: { list: [{ id: "main" }, { id: "work", default: true }] } };

function resolve(
  settings: object,
  selection: Omit<StoreSelection, "stateDir"> = {},
  host = testHost(dir.path),
) {
  return resolveStoreTargets(host, settingsOf(settings), { stateDir: at("state"), ...selection });
}

/** Each target as `agent path`, marked where it is special. */
function targetsOf(...call: Parameters<typeof resolve>): readonly string[] {
  return resolve(...call).targets.map((target) => {
    const marks = [target.origin === "configured" ? "" : ` ${target.origin}`, target.shared ? " shared" : ""];
    if (target.onlyAgentRows === true) marks.push(" only-agent-rows");
    return `${target.agentId} ${target.indexPath.replace(`${dir.path}/`, "")}${marks.join("")}`;
  });
}

function standard(agentId: string): string {
  return `state/agents/${agentId}/sessions/sessions.json`;
}

describe("nothing selected", () => {
  test("is the default agent, its store present or not", () => {
    const indexPath = at(standard("work"));
    const expected: StoreTarget = {
      indexPath,
      sessionsDir: dirname(at(standard("work"))),
      agentId: "work",
      origin: "configured",
      shared: false,
    };
    expect(resolve(twoAgents)).toEqual({ targets: [expected], findings: [] });
    expect(targetsOf({})).toEqual([`main ${standard("main")}`]);
  });

  test.each([
    ["~/s/{agentId}.json", "main s/main.json"],
    ["s/{agentId}/of-{agentId}.json", "main s/main/of-main.json"],
    ["s/../t/{agentId}.json", "main t/main.json"],
    ["one.json", "main one.json shared"],
  ])("goes by session.store %s", (store, expected) => {
    expect(targetsOf({ session: { store } })).toEqual([expected]);
  });

  test("adds no store that is only on the disk, and is not stopped by errors elsewhere in the settings", () => {
    writeTree(dir.path, { [standard("old")]: "{}" });
    expect(targetsOf({ session: { maintenance: { maxEntries: 0 } } })).toEqual([`main ${standard("main")}`]);
  });

  test("is refused behind an unsafe link", () => {
    writeTree(dir.path, { "state/agents/main/sessions/": "" });
    symlinkSync("gone", at(standard("main")));
    expect(() => resolve({})).toThrow(expect.objectContaining({ code: "E_REFUSED" }));
  });

  test("is no guess when session.store can't be used", () => {
    for (const store of ["${HOME}/s.json", 7]) {
      expect(() => resolve({ session: { store } })).toThrow(expect.objectContaining({ code: "E_CONFIG" }));
      expect(targetsOf({ session: { store } }, { store: "x.json" })).toEqual(["main x.json store-flag"]);
    }
  });
});

describe("--agent", () => {
  test.each(["main", "MAIN", " main "])("%j is configured", (agent) => {
    expect(targetsOf(twoAgents, { agent })).toEqual([`main ${standard("main")}`]);
  });

  test("of a shared index means only the agent's rows", () => {
    const settings = { ...twoAgents, session: { store: "one.json" } };
    expect(targetsOf(settings, { agent: "main" })).toEqual(["main one.json shared only-agent-rows"]);
  });

  test("that is only on the disk is accepted, with a finding", () => {
    writeTree(dir.path, { "state/agents/old/": "" });
    const { targets, findings } = resolve(twoAgents, { agent: "Old" });
    expect(targets).toMatchObject([{ agentId: "old", indexPath: at(standard("old")), origin: "discovered" }]);
    expect(findings).toMatchObject([{ id: "agent-not-configured", details: { agentId: "old" } }]);
  });

  test("is looked for under the root of the template too", () => {
    writeTree(dir.path, { "s/old.json": "{}", "t/gone/s.json": "{}" });
    expect(targetsOf({ session: { store: "s/{agentId}.json" } }, { agent: "old" })).toEqual([
      "old s/old.json discovered",
    ]);
    expect(targetsOf({ session: { store: "t/{agentId}/s.json" } }, { agent: "gone" })).toEqual([
      "gone t/gone/s.json discovered",
    ]);
  });

  test("that nobody knows is E_NOT_FOUND with those that are known", () => {
    writeTree(dir.path, { [standard("old")]: "{}", [standard("main")]: "{}", "state/agents/file": "" });
    for (const agent of ["nope", "file"]) {
      expect(() => resolve(twoAgents, { agent })).toThrow(
        expect.objectContaining({
          code: "E_NOT_FOUND",
          message: `There is no agent "${agent}". Known agents: main, work, old.`,
          details: { agentId: agent, known: ["main", "work", "old"] },
        }),
      );
    }
  });

  test.each(["", " ", "../main", "a b", "agent:main:main", "x".repeat(65)])("%j is no agent id", (agent) => {
    expect(() => resolve(twoAgents, { agent })).toThrow(expect.objectContaining({ code: "E_USAGE" }));
  });

  test("whose directory can't be looked at is not unknown", () => {
    const host = testHost(dir.path, { fs: failingFs(at("state/agents/old"), "EACCES") });
    expect(() => resolve(twoAgents, { agent: "old" }, host)).toThrow(
      expect.objectContaining({ code: "E_IO" }),
    );
  });
});

describe("--all-agents", () => {
  test("is every configured agent in file order", () => {
    expect(targetsOf(twoAgents, { allAgents: true })).toEqual([
      `main ${standard("main")}`,
      `work ${standard("work")}`,
    ]);
    expect(targetsOf({}, { allAgents: true })).toEqual([`main ${standard("main")}`]);
  });

  test("is one target for a shared index, whose agent is the default one", () => {
    const settings = { ...twoAgents, session: { store: "one.json" } };
    expect(targetsOf(settings, { allAgents: true })).toEqual(["work one.json shared"]);
  });

  test("leaves out one store behind an unsafe link and names the others", () => {
    writeTree(dir.path, { "state/agents/main/sessions/": "" });
    symlinkSync("gone", at(standard("main")));
    const { targets, findings } = resolve(twoAgents, { allAgents: true });
    expect(targets.map(({ agentId }) => agentId)).toEqual(["work"]);
    expect(findings).toEqual([
      {
        id: "index-link-refused",
        severity: "error",
        place: { path: at(standard("main")) },
        details: { reason: "leads-nowhere" },
      },
    ]);
    expect(() => resolve(twoAgents, { agent: "main" })).toThrow(
      expect.objectContaining({
        code: "E_REFUSED",
        details: { path: at(standard("main")), reason: "leads-nowhere" },
      }),
    );
  });
});

describe("--discovered", () => {
  test("adds every store on the disk that is no configured agent's", () => {
    writeTree(dir.path, {
      [standard("main")]: "{}",
      [standard("work")]: "{}",
      [standard("old")]: "{}",
      "state/agents/lost/sessions/a.jsonl": "",
    });
    const { targets, findings } = resolve(twoAgents, { discovered: true });
    expect(targets).toMatchObject([
      { agentId: "work", origin: "configured" },
      { agentId: "old", origin: "discovered", sessionsDir: at("state/agents/old/sessions") },
    ]);
    expect(findings).toEqual([
      {
        id: "store-skipped",
        severity: "warning",
        place: { path: at(standard("lost")) },
        details: { reason: "no-index" },
      },
    ]);
    expect(targetsOf(twoAgents, { discovered: true, allAgents: true })).toEqual([
      `main ${standard("main")}`,
      `work ${standard("work")}`,
      `old ${standard("old")} discovered`,
    ]);
  });

  test("names the errno of a place that can't be looked at", () => {
    const host = testHost(dir.path, { fs: failingFs(at("state/agents"), "EACCES") });
    expect(resolve({ session: { store: "one.json" } }, { discovered: true }, host).findings).toMatchObject([
      {
        id: "store-skipped",
        place: { path: at("state/agents") },
        details: { reason: "unreadable", errno: "EACCES" },
      },
    ]);
  });

  test("finds a store once where the template is the default one", () => {
    writeTree(dir.path, { [standard("old")]: "{}" });
    const settings = { session: { store: "~/state/agents/{agentId}/sessions/sessions.json" } };
    expect(targetsOf(settings, { discovered: true })).toEqual([
      `main ${standard("main")}`,
      `old ${standard("old")} discovered`,
    ]);
  });

  test("looks under the default root and the root of the template", () => {
    writeTree(dir.path, {
      [standard("main")]: "{}",
      "s/main.json": "{}",
      "s/old.json": "{}",
      "s/note.txt": "",
    });
    expect(targetsOf({ session: { store: "s/{agentId}.json" } }, { discovered: true })).toEqual([
      "main s/main.json",
      `main ${standard("main")} discovered`,
      "old s/old.json discovered",
    ]);
    expect(targetsOf({ session: { store: "one.json" } }, { discovered: true })).toEqual([
      "main one.json shared",
      `main ${standard("main")} discovered`,
    ]);
  });
});

describe("--store", () => {
  test.each([
    ["an index", "copy/s.json", "work copy/s.json store-flag"],
    ["an index that is not there", "copy/none.json", "work copy/none.json store-flag"],
    ["a directory", "copy", "work copy/sessions.json store-flag"],
    ["with ~", "~/copy/", "work copy/sessions.json store-flag"],
    [
      "in a directory `sessions` elsewhere",
      "copy/old/sessions/s.json",
      "work copy/old/sessions/s.json store-flag",
    ],
    ["in another directory of an agent", "agents/old/s/s.json", "work agents/old/s/s.json store-flag"],
    ["in an agent's place", standard("old"), `old ${standard("old")} store-flag`],
    ["in an odd agent's place", standard("Bad Name"), `bad-name ${standard("Bad Name")} store-flag`],
  ])("%s", (_, store, expected) => {
    writeTree(dir.path, { "copy/s.json": "{}", "copy/sessions.json": "{}" });
    expect(targetsOf(twoAgents, { store })).toEqual([expected]);
  });

  test("knows the shared index of the settings", () => {
    const settings = { session: { store: "~/one.json" } };
    expect(targetsOf(settings, { store: "one.json" })).toEqual(["main one.json store-flag shared"]);
    expect(targetsOf(settings, { store: "two.json" })).toEqual(["main two.json store-flag"]);
  });

  test("a directory may be named by a link", () => {
    writeTree(dir.path, { "copy/sessions.json": "{}" });
    symlinkSync("copy", at("link"));
    expect(targetsOf({}, { store: "link" })).toEqual(["main link/sessions.json store-flag"]);
  });

  test("a directory without an index is E_NOT_FOUND", () => {
    writeTree(dir.path, { "state/agents/": "" });
    expect(() => resolve({}, { store: "state" })).toThrow(
      expect.objectContaining({ code: "E_NOT_FOUND", details: { path: at("state") } }),
    );
  });

  test("a link is resolved once and recorded", () => {
    writeTree(dir.path, { [standard("work")]: "{}" });
    symlinkSync(standard("work"), at("short.json"));
    const { targets, findings } = resolve({}, { store: "short.json" });
    expect(targets).toEqual([
      {
        indexPath: at(standard("work")),
        sessionsDir: dirname(at(standard("work"))),
        agentId: "work",
        origin: "store-flag",
        shared: false,
        linkedFrom: at("short.json"),
      },
    ]);
    expect(findings).toMatchObject([
      { id: "index-link", place: { path: at("short.json") }, details: { leadsTo: at(standard("work")) } },
    ]);
  });

  test("a link beside transcripts to another directory is refused", () => {
    writeTree(dir.path, { "real/sessions.json": "{}", "s/a.jsonl": "" });
    symlinkSync("../real/sessions.json", at("s/sessions.json"));
    for (const store of ["s", "s/sessions.json"]) {
      expect(() => resolve({}, { store })).toThrow(
        expect.objectContaining({
          code: "E_REFUSED",
          details: {
            path: at("s/sessions.json"),
            reason: "transcripts-beside-the-link",
            leadsTo: at("real/sessions.json"),
          },
        }),
      );
    }
  });

  test("a blank flag is not the current directory", () => {
    expect(() => resolve({}, { store: "" })).toThrow(expect.objectContaining({ code: "E_USAGE" }));
  });

  test("a path that can't be looked at is E_IO", () => {
    const host = testHost(dir.path, { fs: failingFs(at("copy"), "EACCES") });
    expect(() => resolve({}, { store: "copy" }, host)).toThrow(expect.objectContaining({ code: "E_IO" }));
  });
});

test.each([
  [{ store: "x", agent: "main" }],
  [{ store: "x", allAgents: true }],
  [{ store: "x", discovered: true }],
  [{ agent: "main", allAgents: true }],
  [{ agent: "main", discovered: true }],
])("%j exclude each other", (selection) => {
  expect(() => resolve({}, selection)).toThrow(expect.objectContaining({ code: "E_USAGE" }));
});
