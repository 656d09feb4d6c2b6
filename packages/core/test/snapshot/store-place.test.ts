import { symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { openStorePlace } from "../../src/snapshot/store-place.ts";
import { failingFs, useStoreDir } from "./store-dir.ts";

const dir = useStoreDir();

test("knows its directory by every name, and asks for each once", () => {
  symlinkSync("sessions", dir.outside("link"));
  const asked: string[] = [];
  const fs = {
    ...nodeReadFs,
    realpath: (path: string) => {
      asked.push(path);
      return nodeReadFs.realpath(path);
    },
  };
  const place = openStorePlace(
    fs,
    dir.target({ sessionsDir: dir.outside("link"), indexPath: dir.outside("link/s.json") }),
  );
  expect(place).toMatchObject({ sessionsDir: dir.outside("link"), realDir: dir.at(""), indexName: "s.json" });
  asked.length = 0;
  const answers = [dir.outside("link"), dir.outside("."), dir.outside("none"), dir.outside("link")].map(
    place.whatIs,
  );
  expect(answers).toEqual(["sessions-directory", "elsewhere", "absent", "sessions-directory"]);
  expect(asked).toHaveLength(3);
});

test("a directory that can't be looked at is somewhere else", () => {
  const place = openStorePlace(failingFs("realpath", dir.outside("x"), "EACCES"), dir.target());
  expect(place.whatIs(dir.outside("x"))).toBe("elsewhere");
});

test("no directory is E_NOT_FOUND, one that can't be looked at E_IO", () => {
  const missing = dir.target({
    sessionsDir: dir.outside("none"),
    indexPath: dir.outside("none/sessions.json"),
  });
  expect(() => openStorePlace(nodeReadFs, missing)).toThrow(expect.objectContaining({ code: "E_NOT_FOUND" }));
  const failing = failingFs("realpath", dir.target().sessionsDir, "EACCES");
  expect(() => openStorePlace(failing, dir.target())).toThrow(
    expect.objectContaining({ code: "E_IO", details: { path: dir.target().sessionsDir, errno: "EACCES" } }),
  );
});
