import { memoryFs, writeTree, memoryHost } from "@sessionsmith/testkit";
import { expect, test } from "vitest";
import type { Host } from "../../src/disk/host.ts";
import { describeOwner, isProvablyDead, type LockOwner, readOwner } from "../../src/engine/lock-owner.ts";

const owner: LockOwner = { id: "o", pid: 7, startTicks: 100, bootId: "boot", hostName: "host", since: 1 };

function hostWith(processes: Partial<Host["processes"]>): Host {
  const host = memoryHost(memoryFs());
  return { ...host, processes: { ...host.processes, ...processes } };
}

test.each<[string, Partial<LockOwner>, Partial<Host["processes"]>, boolean]>([
  ["no such process", {}, { state: () => "dead" }, true],
  ["another boot of this machine", { bootId: "earlier" }, { state: () => "alive" }, true],
  ["a later process with its number", {}, { state: () => "alive", startTicks: () => 200 }, true],
  ["the very process", {}, { state: () => "alive", startTicks: () => 100 }, false],
  ["alive, start unknown now", {}, { state: () => "alive", startTicks: () => undefined }, false],
  ["alive, start not noted", { startTicks: null }, { state: () => "alive", startTicks: () => 5 }, false],
  ["a process of another user (EPERM)", {}, { state: () => "alive" }, false],
  ["the system does not say", {}, { state: () => "unknown" }, false],
  ["another machine", { hostName: "elsewhere" }, { state: () => "dead" }, false],
  ["boot not noted", { bootId: null }, { state: () => "dead" }, false],
  ["boot not known here", {}, { state: () => "dead", bootId: undefined }, false],
])("%s", (_name, changes, processes, dead) => {
  expect(isProvablyDead({ ...owner, ...changes }, hostWith(processes))).toBe(dead);
});

test("describes this process", () => {
  const host = hostWith({ pid: 42, startTicks: (pid) => pid * 10, bootId: undefined });
  expect(describeOwner(host)).toMatchObject({ pid: 42, startTicks: 420, bootId: null, hostName: "host" });
});

test.each([
  ["cut short", `{"id":"o","pid":`],
  ["empty", ""],
  ["no object", "[]"],
  ["of other fields", `{"id":1,"pid":"7"}`],
])("of a record that is %s nothing is known", (_name, text) => {
  const fs = memoryFs();
  writeTree(fs, "/s", { "lock.owner": text });
  expect(readOwner(fs, "/s/lock.owner")).toBeUndefined();
});

test("reads a record back, and none where there is none", () => {
  const fs = memoryFs();
  writeTree(fs, "/s", { "lock.owner": JSON.stringify(owner) });
  expect(readOwner(fs, "/s/lock.owner")).toEqual(owner);
  expect(readOwner(fs, "/s/none")).toBeUndefined();
});
