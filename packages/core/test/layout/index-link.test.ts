import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { makeTempDir, type TempDir } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { placeIndex } from "../../src/layout/index-link.ts";
import { failingFs, writeTree } from "./test-host.ts";

let dir: TempDir;
beforeEach(() => {
  dir = makeTempDir();
});
afterEach(() => dir.dispose());

const at = (path: string) => join(dir.path, path);

describe("placeIndex", () => {
  test("a file, and one that is not there, is where it is named", () => {
    writeTree(dir.path, { "s/sessions.json": "{}" });
    for (const name of ["s/sessions.json", "s/none.json", "none/sessions.json"]) {
      expect(placeIndex(nodeReadFs, at(name))).toEqual({
        ok: true,
        indexPath: at(name),
        sessionsDir: join(at(name), ".."),
      });
    }
  });

  test("a link to another directory is the store there", () => {
    writeTree(dir.path, { "real/sessions.json": "{}", "real/a.jsonl": "" });
    symlinkSync("real/sessions.json", at("short.json"));
    symlinkSync("short.json", at("shorter.json"));
    for (const name of ["short.json", "shorter.json"]) {
      expect(placeIndex(nodeReadFs, at(name))).toEqual({
        ok: true,
        indexPath: at("real/sessions.json"),
        sessionsDir: at("real"),
        linkedFrom: at(name),
      });
    }
  });

  test("a link within the directory keeps the directory, transcripts or not", () => {
    writeTree(dir.path, { "s/v2.json": "{}", "s/a.jsonl": "" });
    symlinkSync("v2.json", at("s/sessions.json"));
    symlinkSync("s", at("alias"));
    for (const directory of ["s", "alias"]) {
      expect(placeIndex(nodeReadFs, at(`${directory}/sessions.json`))).toEqual({
        ok: true,
        indexPath: at(`${directory}/v2.json`),
        sessionsDir: at(directory),
        linkedFrom: at(`${directory}/sessions.json`),
      });
    }
  });

  test("a link beside transcripts to another directory is refused", () => {
    writeTree(dir.path, { "real/sessions.json": "{}", "s/a.jsonl": "" });
    symlinkSync("../real/sessions.json", at("s/sessions.json"));
    expect(placeIndex(nodeReadFs, at("s/sessions.json"))).toEqual({
      ok: false,
      reason: "transcripts-beside-the-link",
      leadsTo: at("real/sessions.json"),
    });
  });

  test("a link to nothing is refused", () => {
    symlinkSync("gone", at("sessions.json"));
    expect(placeIndex(nodeReadFs, at("sessions.json"))).toEqual({ ok: false, reason: "leads-nowhere" });
  });

  test("what can't be looked at is left to whoever reads it", () => {
    writeTree(dir.path, { "s/sessions.json": "{}" });
    const fs = failingFs(at("s"), "EACCES");
    expect(placeIndex(fs, at("s/sessions.json"))).toMatchObject({
      ok: true,
      indexPath: at("s/sessions.json"),
    });
  });
});
