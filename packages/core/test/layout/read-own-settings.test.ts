import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { makeTempDir, type TempDir } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readSettings } from "../../src/layout/read-settings.ts";
import { failingFs, testHost, writeTree } from "./test-host.ts";

let dir: TempDir;
beforeEach(() => {
  dir = makeTempDir();
});
afterEach(() => dir.dispose());

const dayMs = 86_400_000;
const own = "sessionsmith.json5";
const rule = `{ match: { key: "*" }, pin: true }`;

function read(tree: Readonly<Record<string, string>>, config: string | undefined = "openclaw.json") {
  writeTree(dir.path, { "openclaw.json": "{}", ...tree });
  return readSettings(testHost(dir.path), config && join(dir.path, config), dir.path);
}

function problems(tree: Readonly<Record<string, string>>) {
  const { findings, maintenance } = read(tree);
  expect(maintenance.rules).toEqual([]);
  return findings.map(({ id, severity, place }) => [id, severity, place.path, place.field]);
}

describe("sessionsmith.json5", () => {
  test("wins over openclaw.json key by key, with rules of its own", () => {
    const { maintenance, findings } = read({
      "openclaw.json": `{"session":{"maintenance":{"pruneAfter":"9d","maxEntries":7,"mode":"enforce"}}}`,
      [own]: `// ours\n{ session: { maintenance: { pruneAfter: "60d", rules: [${rule}] } } }`,
    });
    expect(maintenance).toMatchObject({ pruneAfterMs: 60 * dayMs, maxEntries: 7, mode: "enforce" });
    expect(maintenance.rules).toEqual([{ match: { key: "*" }, pin: true, stage: "full" }]);
    expect(findings).toEqual([]);
  });

  test("an absent file, and one that says nothing, change nothing", () => {
    const settings = read({});
    for (const text of [
      "{}",
      "{session:{}}",
      "{session:{maintenance:{}}}",
      "{session:{maintenance:{rules:[]}}}",
    ])
      expect(read({ [own]: text })).toEqual(settings);
  });

  test("lies beside the settings file that is read, also if that is a link", () => {
    const files = {
      "elsewhere/openclaw.json": "{}",
      [`elsewhere/${own}`]: `{session:{maintenance:{maxEntries:3}}}`,
    };
    expect(read(files, "elsewhere/openclaw.json").maintenance.maxEntries).toBe(3);
    expect(read(files).maintenance.maxEntries).toBe(500);
    symlinkSync(join(dir.path, "elsewhere/openclaw.json"), join(dir.path, "linked.json"));
    expect(read(files, "linked.json").maintenance.maxEntries).toBe(500);
    symlinkSync(join(dir.path, "elsewhere", own), join(dir.path, own));
    expect(read({}, "linked.json").maintenance.maxEntries).toBe(3);
  });

  test("without openclaw.json it lies in the state directory", () => {
    writeTree(dir.path, { [own]: `{session:{maintenance:{rules:[${rule}]}}}` });
    const host = testHost(dir.path);
    expect(readSettings(host, undefined, dir.path).maintenance.rules).toHaveLength(1);
    expect(readSettings(host, undefined).maintenance.rules).toEqual([]);
  });

  test.each([
    [`{sesion:{}}`, "settings-unknown-key", "sesion"],
    [`{session:{scope:"global"}}`, "settings-unknown-key", "session.scope"],
    [`{session:{maintenance:{rule:[]}}}`, "settings-unknown-key", "session.maintenance.rule"],
    [`{session:{maintenance:{pruneAfter:"2w"}}}`, "settings-invalid-value", "session.maintenance.pruneAfter"],
    [`{session:{maintenance:{maxEntries:0}}}`, "settings-invalid-value", "session.maintenance.maxEntries"],
    [`{session:{maintenance:{maxEntries:-1}}}`, "settings-invalid-value", "session.maintenance.maxEntries"],
    [`{session:{maintenance:{mode:"\${MODE}"}}}`, "settings-variable", "session.maintenance.mode"],
    [`{session:{maintenance:[]}}`, "settings-invalid-value", "session.maintenance"],
    [`{$include:"x",session:{}}`, "settings-include", "$include"],
    [
      `{session:{maintenance:{rules:[{match:{key:"*"}}]}}}`,
      "settings-invalid-value",
      "session.maintenance.rules[0]",
    ],
  ])("%s is an error that names file and field", (text, id, field) => {
    expect(problems({ [own]: text })).toEqual([[id, "error", join(dir.path, own), field]]);
  });

  test.each([
    ["[]", /does not hold an object\.$/],
    ["{ session: ", /is not valid JSON5 at line 1, column 12\.$/],
    ["\u0000", /is not valid JSON5 at line 1, column 1\.$/],
  ])("a file that is %j is an error, and what only reads goes on", (text, problem) => {
    const { findings } = read({ [own]: text });
    expect(findings).toMatchObject([
      { id: "settings-unreadable", severity: "error", place: { path: join(dir.path, own) } },
    ]);
    expect(findings[0]?.details?.["problem"]).toMatch(problem);
  });

  test("a link to nothing, a directory, and a file that may not be read are no absent files", () => {
    symlinkSync(join(dir.path, "nowhere"), join(dir.path, own));
    expect(problems({})).toEqual([["settings-unreadable", "error", join(dir.path, own), undefined]]);
    const path = join(dir.path, "sub");
    mkdirSync(join(path, own), { recursive: true });
    const host = testHost(dir.path);
    expect(readSettings(host, undefined, path).findings).toMatchObject([{ id: "settings-unreadable" }]);
    const fs = failingFs(join(path, own), "EACCES");
    const { findings } = readSettings({ ...host, fs }, undefined, path);
    expect(findings[0]?.details?.["problem"]).toMatch(/can't be read \(EACCES\)\.$/);
  });
});
