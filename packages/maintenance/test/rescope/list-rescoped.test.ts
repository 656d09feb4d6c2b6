import { expect, test } from "vitest";
import { planCleanup } from "../../src/plan-cleanup.ts";
import { listRescoped } from "../../src/rescope/list-rescoped.ts";
import { rescopeFindings } from "../../src/rescope/rescope-findings.ts";
import { aPolicy } from "../policy-builder.ts";
import { aSnapshot, now, rowAged } from "../snapshot-builder.ts";

const policy = aPolicy({
  orders: { ...aPolicy().orders, maintenance: false, rescope: true },
  dmRouting: {
    scope: "per-peer",
    bindings: [],
    identityLinks: [{ name: "Ann", peers: ["telegram:5", "signal:7"] }],
  },
});
const snapshot = aSnapshot({
  rows: {
    "agent:main:telegram:direct:5": rowAged(3),
    "agent:main:signal:direct:7": rowAged(2),
    "agent:main:direct:ann": rowAged(4, { lastChannel: "signal", lastTo: "user:7" }),
    "agent:main:telegram:direct:8": rowAged(1),
    "agent:main:signal:direct:9": rowAged(1),
    "agent:main:telegram:direct:9": rowAged(1),
    "agent:main:direct:10": rowAged(1),
    "agent:main:main": rowAged(1),
  },
});
const { parts } = planCleanup({ stores: [{ snapshot }], policy, now, createdAt: now });
const [part] = parts;
if (part === undefined) throw new Error("no part");

test("says of each row that moves under which key it goes on, and whose sessions come together there", () => {
  const joins = ["signal:7", "signal:ann", "telegram:5"];
  const to = "agent:main:direct:ann";
  expect(listRescoped(part, snapshot, policy)).toEqual([
    { from: "agent:main:telegram:direct:5", to, action: "retire-dm-scope", joins },
    { from: "agent:main:signal:direct:7", to, action: "rekey", joins },
    { from: to, to, action: "retire-dm-scope", joins },
    {
      from: "agent:main:telegram:direct:8",
      to: "agent:main:direct:8",
      action: "rekey",
      joins: ["telegram:8"],
    },
  ]);
});

test("peers that are kept apart are found", () => {
  expect(rescopeFindings(part)).toMatchObject(
    ["agent:main:signal:direct:9", "agent:main:telegram:direct:9"].map((key) => ({
      id: "dm-peers-not-linked",
      severity: "warning",
      place: { path: snapshot.target.indexPath, key },
    })),
  );
});
