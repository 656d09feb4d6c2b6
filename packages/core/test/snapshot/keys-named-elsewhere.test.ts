import { expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { keysNamedElsewhere } from "../../src/snapshot/keys-named-elsewhere.ts";
import { nowMs, useStoreDir } from "./store-dir.ts";

const store = useStoreDir();

test("what rows of the other indexes name, and not what the own ones do", () => {
  store.index({ "agent:main:main": { sessionId: "s1", updatedAt: nowMs, spawnedBy: "own" } });
  store.write("beside.json", JSON.stringify({ a: { sessionId: "s2", parentSessionKey: "beside" } }));
  store.write(
    "../other/sessions.json",
    JSON.stringify({ a: 7, b: { sessionId: "s3", spawnedBy: "elsewhere" } }),
  );
  store.write("../torn/sessions.json", "{");
  const paths = ["sessions.json", "../other/sessions.json", "../torn/sessions.json", "../none/sessions.json"];
  const named = keysNamedElsewhere(
    nodeReadFs,
    store.scan(),
    paths.map((name) => store.at(name)),
  );
  expect([...named]).toEqual(["beside", "elsewhere"]);
});
