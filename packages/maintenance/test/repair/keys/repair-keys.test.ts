import { expect, test } from "vitest";
import { tree } from "@sessionsmith/testkit";
import {
  diskWith,
  planned,
  type RepairTry,
  repaired,
  storeOf,
  textOf,
  undone,
  visible,
} from "../repair-disk.ts";
import { indexOf, transcript } from "../transcripts.ts";

const at = Date.UTC(2026, 9, 20, 10);
type Files = Readonly<Record<string, string>>;

async function mended(stores: Readonly<Record<string, Files>>, request: RepairTry = {}) {
  const fs = diskWith(stores);
  const before = visible(fs);
  const all = { domains: ["keys"], agents: Object.keys(stores), storeOf, ...request } as const;
  const repair = await repaired(fs, all);
  const again = planned(fs, { ...all, rename: undefined, firstId: 500 });
  expect(again.plan.parts.flatMap(({ steps }) => [...steps])).toEqual([]);
  const after = new Map([...visible(fs)].map(([path, text]) => [path, text]));
  const index = (agentId = "main") => JSON.parse(textOf(fs, "sessions.json", agentId));
  const mends = repair.stores.flatMap((store) => store.mends);
  const unmended = repair.stores.flatMap((store) => store.unmended);
  return { fs, before, after, repair, index, mends, unmended };
}

test("legacy keys get the keys that OpenClaw looks for, and who names them follows", async () => {
  const { fs, before, index, mends } = await mended({
    main: {
      "sessions.json": indexOf({
        main: { sessionId: "s1", updatedAt: at, x: 1 },
        "agent:main:telegram:dm:7": { sessionId: "s2", updatedAt: at },
        "agent:Main:Subagent:U1": { sessionId: "s3", updatedAt: at, spawnedBy: "agent:main:telegram:dm:7" },
        "agent:main:cron:a": { sessionId: "s4", updatedAt: at },
      }),
    },
  });
  expect(index()).toEqual({
    "agent:main:main": { sessionId: "s1", updatedAt: at, x: 1 },
    "agent:main:telegram:direct:7": { sessionId: "s2", updatedAt: at },
    "agent:main:subagent:u1": { sessionId: "s3", updatedAt: at, spawnedBy: "agent:main:telegram:direct:7" },
    "agent:main:cron:a": { sessionId: "s4", updatedAt: at },
  });
  expect(mends.map(({ what, key, from }) => [what, key, from])).toEqual([
    ["key-renamed", "agent:main:main", "main"],
    ["key-renamed", "agent:main:telegram:direct:7", "agent:main:telegram:dm:7"],
    ["key-renamed", "agent:main:subagent:u1", "agent:Main:Subagent:U1"],
  ]);
  await undone(fs);
  expect(visible(fs)).toEqual(before);
});

test("where two meet the freshest has the key, the other goes on under a key of its own", async () => {
  const { index } = await mended({
    main: {
      "sessions.json": indexOf({
        "agent:main:main": { sessionId: "s1", updatedAt: at },
        main: { sessionId: "s2", updatedAt: at + 5 },
        MAIN: { sessionId: "s3", updatedAt: at + 3 },
      }),
    },
  });
  expect(index()).toEqual({
    "agent:main:recovered:s1": { sessionId: "s1", updatedAt: at },
    "agent:main:main": { sessionId: "s2", updatedAt: at + 5 },
    "agent:main:recovered:s3": { sessionId: "s3", updatedAt: at + 3 },
  });
});

test("an alias of the same session leaves, its key is named by the one that stays", async () => {
  const { index, mends } = await mended({
    main: {
      "sessions.json": indexOf({
        main: { sessionId: "s1", updatedAt: at },
        "agent:main:main": { sessionId: "s1", updatedAt: at + 1 },
        "agent:main:subagent:u": { sessionId: "s2", updatedAt: at, spawnedBy: "main" },
      }),
      "s1.jsonl": transcript("s1"),
    },
  });
  expect(index()).toEqual({
    "agent:main:main": { sessionId: "s1", updatedAt: at + 1 },
    "agent:main:subagent:u": { sessionId: "s2", updatedAt: at, spawnedBy: "agent:main:main" },
  });
  expect(mends.map(({ what }) => what)).toEqual(["alias-dropped", "reference-renamed"]);
});

test("a row in another agent's store goes home with its files, and is in both before it is in one", async () => {
  const { fs, before, after, index, repair } = await mended({
    main: {
      "sessions.json": indexOf({
        "agent:main:main": { sessionId: "s1", updatedAt: at },
        "agent:work:main": {
          sessionId: "s2",
          updatedAt: at,
          sessionFile: storeOf("main").sessionsDir + "/s2.jsonl",
          n: 1,
        },
      }),
      "s1.jsonl": transcript("s1"),
      "s2.jsonl": transcript("s2"),
      "s2.trajectory.jsonl": "{}\n",
    },
    work: { "sessions.json": "{}" },
  });
  expect(index("work")).toEqual({ "agent:work:main": { sessionId: "s2", updatedAt: at, n: 1 } });
  expect(index("main")).toEqual({ "agent:main:main": { sessionId: "s1", updatedAt: at } });
  expect(after.get("work/sessions/s2.jsonl")).toBe(before.get("main/sessions/s2.jsonl"));
  expect([...after.keys()].filter((path) => path.startsWith("main/sessions/s2"))).toEqual([]);
  expect(repair.plan.parts.map(({ store }) => store.agentId)).toEqual(["work", "main"]);
  await undone(fs, "main");
  expect(visible(fs)).toEqual(before);
});

test("a file that another row needs is copied and stays; one whose name is taken keeps its session where it is", async () => {
  const { after, unmended } = await mended({
    main: {
      "sessions.json": indexOf({
        "agent:main:main": { sessionId: "s1", updatedAt: at, usageFamilySessionIds: ["s2"] },
        "agent:work:main": { sessionId: "s2", updatedAt: at },
        "agent:work:cron:x": { sessionId: "s3", updatedAt: at },
      }),
      "s2.jsonl": transcript("s2"),
      "s3.jsonl": transcript("s3"),
    },
    work: { "sessions.json": "{}", "s3.jsonl": "another" },
  });
  expect([...after.keys()].filter((path) => path.endsWith("s2.jsonl"))).toHaveLength(2);
  expect(unmended).toEqual([
    { domain: "keys", what: "key-stays", key: "agent:work:cron:x", reasons: ["file-name-taken"] },
  ]);
});

test("a row of an agent that nobody knows stays, and is told", async () => {
  const { index, unmended } = await mended({
    main: { "sessions.json": indexOf({ "agent:gone:main": { sessionId: "s1", updatedAt: at } }) },
  });
  expect(Object.keys(index())).toEqual(["agent:gone:main"]);
  expect(unmended).toMatchObject([{ key: "agent:gone:main", reasons: ["no-store-of-its-agent"] }]);
});

test("an agent gets another id: its store is made, everything moves there, other agents' rows follow", async () => {
  const fs = diskWith({
    old: {
      "sessions.json": indexOf({
        "agent:old:main": { sessionId: "s1", updatedAt: at },
        "agent:old:telegram:dm:7": { sessionId: "s2", updatedAt: at, parentSessionKey: "agent:old:main" },
      }),
      "s1.jsonl": transcript("s1"),
      "s2.jsonl": transcript("s2"),
    },
    main: {
      "sessions.json": indexOf({
        "agent:main:subagent:u": { sessionId: "s9", updatedAt: at, spawnedBy: "agent:old:main" },
      }),
    },
  });
  const request = {
    domains: ["keys"],
    agents: ["old", "main"],
    storeOf,
    rename: { from: "old", to: "new" },
  } as const;
  const preview = planned(fs, request);
  expect(preview.stores.map(({ target }) => target.agentId)).toEqual(["main", "new", "old"]);
  await repaired(fs, request);
  expect(JSON.parse(textOf(fs, "sessions.json", "new"))).toEqual({
    "agent:new:main": { sessionId: "s1", updatedAt: at },
    "agent:new:telegram:direct:7": { sessionId: "s2", updatedAt: at, parentSessionKey: "agent:new:main" },
  });
  expect(textOf(fs, "sessions.json", "old")).toBe("{}");
  expect(JSON.parse(textOf(fs))["agent:main:subagent:u"].spawnedBy).toBe("agent:new:main");
  expect([...tree(fs, storeOf("new").sessionsDir).keys()]).toEqual(
    expect.arrayContaining(["s1.jsonl", "s2.jsonl"]),
  );
});

const rows = (n: number) => ({
  main: { sessionId: `s${n}`, updatedAt: at },
  [`agent:${n === 1 ? "main" : "work"}:subagent:u`]: {
    sessionId: `t${n}`,
    updatedAt: at,
    spawnedBy: "main",
  },
});

test("a name without an agent means a session of the store in which it stands", async () => {
  const { index } = await mended({
    main: { "sessions.json": indexOf(rows(1)) },
    work: { "sessions.json": indexOf(rows(2)) },
  });
  expect(index("main")["agent:main:subagent:u"].spawnedBy).toBe("agent:main:main");
  expect(index("work")["agent:work:subagent:u"].spawnedBy).toBe("agent:work:main");
});

test("of an index that several agents share, only the rows of the agent that was asked for", async () => {
  const fs = diskWith({
    main: {
      "sessions.json": indexOf({
        "agent:main:telegram:dm:1": { sessionId: "s1", updatedAt: at },
        "agent:work:telegram:dm:2": { sessionId: "s2", updatedAt: at },
      }),
    },
  });
  const shared = { ...storeOf("main"), agentId: "work", shared: true, onlyAgentRows: true } as const;
  await repaired(fs, { domains: ["keys"], targets: [shared] });
  expect(Object.keys(JSON.parse(textOf(fs)))).toEqual([
    "agent:main:telegram:dm:1",
    "agent:work:telegram:direct:2",
  ]);
});
