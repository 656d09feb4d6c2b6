import { describe, expect, test } from "vitest";
import { resolveSessionFile, sessionFileBaseName, transcriptName } from "../../src/layout/contained-path.ts";

const store = {
  sessionsDir: "/home/u/.openclaw/agents/main/sessions",
  realDir: "/data/main",
  indexName: "sessions.json",
};
const uuid = "11111111-2222-4333-8444-555555555555";

describe("resolveSessionFile", () => {
  test.each([
    ["a.jsonl", "a.jsonl"],
    ["./a.jsonl", "a.jsonl"],
    ["x/../a.jsonl", "a.jsonl"],
    ["x//..///a.jsonl", "a.jsonl"],
    ["../sessions/a.jsonl", "a.jsonl"],
    ["a.jsonl/", "a.jsonl"],
    ["/home/u/.openclaw/agents/main/sessions/a.jsonl", "a.jsonl"],
    ["/data/main/a.jsonl", "a.jsonl"],
    ["/data/main/../main/./a.jsonl", "a.jsonl"],
    ["agent:main:main.jsonl", "agent:main:main.jsonl"],
    ["a-topic-7.jsonl", "a-topic-7.jsonl"],
    ["a.jsonl.deleted.2026-01-01T00-00-00.000Z", "a.jsonl.deleted.2026-01-01T00-00-00.000Z"],
    ["...", "..."],
    ["..jsonl", "..jsonl"],
    ["line\nbreak.jsonl", "line\nbreak.jsonl"],
    ["~.jsonl", "~.jsonl"],
    ["%2e%2e%2fa.jsonl", "%2e%2e%2fa.jsonl"],
    ["__proto__", "__proto__"],
    ["sessions.json.deleted.2026-01-01T00-00-00.000Z", "sessions.json.deleted.2026-01-01T00-00-00.000Z"],
  ])("%j is inside", (text, name) => {
    expect(resolveSessionFile(text, store)).toEqual({ kind: "inside", name });
  });

  // Whether the name is a directory, a FIFO, a socket or a link is for the one who looks at the disk.
  test("names what is inside without looking at it", () => {
    expect(resolveSessionFile("skills-prompts", store)).toEqual({ kind: "inside", name: "skills-prompts" });
  });

  test.each([
    ["..", "/home/u/.openclaw/agents/main"],
    ["../", "/home/u/.openclaw/agents/main"],
    ["../../../../../../../..", "/"],
    ["../../out/victim.jsonl", "/home/u/.openclaw/agents/out/victim.jsonl"],
    ["x/../../../out/victim.jsonl", "/home/u/.openclaw/agents/out/victim.jsonl"],
    ["./../t2/x.jsonl", "/home/u/.openclaw/agents/main/t2/x.jsonl"],
    ["../../other/sessions/a.jsonl", "/home/u/.openclaw/agents/other/sessions/a.jsonl"],
    ["/any/agents/main/sessions/a.jsonl", "/any/agents/main/sessions/a.jsonl"],
    ["/home/u/.openclaw/agents/main/sessions2/a.jsonl", "/home/u/.openclaw/agents/main/sessions2/a.jsonl"],
    ["/home/u/.openclaw/agents/main/Sessions/a.jsonl", "/home/u/.openclaw/agents/main/Sessions/a.jsonl"],
    ["/etc/passwd", "/etc/passwd"],
    ["/", "/"],
    ["sub/a.jsonl", "/home/u/.openclaw/agents/main/sessions/sub/a.jsonl"],
    ["/data/main/sub/a.jsonl", "/data/main/sub/a.jsonl"],
    [".sessionsmith/ledger.jsonl", "/home/u/.openclaw/agents/main/sessions/.sessionsmith/ledger.jsonl"],
    ["~/a.jsonl", "/home/u/.openclaw/agents/main/sessions/~/a.jsonl"],
  ])("%j is outside", (text, path) => {
    expect(resolveSessionFile(text, store)).toEqual({ kind: "outside", path });
  });

  test.each([
    ["", "empty"],
    ["a\0.jsonl", "nul-byte"],
    ["/etc/passwd\0.jsonl", "nul-byte"],
    [".", "sessions-directory"],
    ["./", "sessions-directory"],
    ["a/..", "sessions-directory"],
    ["/data/main", "sessions-directory"],
    ["/data/main/", "sessions-directory"],
    ["sessions.json", "index"],
    ["./sessions.json", "index"],
    ["/data/main/sessions.json", "index"],
    ["Sessions.JSON", "index"],
    ["sessions.json/", "index"],
    [`sessions.json.7.${uuid}.tmp`, "index"],
    [`SESSIONS.json.${uuid}.TMP`, "index"],
    ["sessions.json.bak.12", "index"],
    ["sessions.json.lock", "lock"],
    ["a.jsonl.lock", "lock"],
    ["A.JSONL.LOCK", "lock"],
    [".sessionsmith", "own-directory"],
    [".SessionSmith", "own-directory"],
    ["a".repeat(256), "name-too-long"],
    [`/elsewhere/${"é".repeat(128)}`, "name-too-long"],
    ["\ud800.jsonl", "lone-surrogate"],
    ["/elsewhere/\udfff.jsonl", "lone-surrogate"],
    ["C:\\Users\\u\\a.jsonl", "backslash"],
    ["..\\a.jsonl", "backslash"],
    [`${"x/../".repeat(820)}a.jsonl`, "path-too-long"],
  ])("%j is unsafe", (text, reason) => {
    expect(resolveSessionFile(text, store)).toEqual({ kind: "unsafe", reason });
  });

  test("takes a path of 4096 characters, and none that is longer", () => {
    const longest = `${"./".repeat(2044)}ab.jsonl`;
    expect(longest).toHaveLength(4096);
    expect(resolveSessionFile(longest, store)).toEqual({ kind: "inside", name: "ab.jsonl" });
    expect(resolveSessionFile(`.${longest}`, store)).toEqual({ kind: "unsafe", reason: "path-too-long" });
  });

  test("keeps names apart that differ only in case", () => {
    expect(resolveSessionFile("Ab.jsonl", store)).toEqual({ kind: "inside", name: "Ab.jsonl" });
    expect(resolveSessionFile("aB.jsonl", store)).toEqual({ kind: "inside", name: "aB.jsonl" });
  });

  test("takes a name of 255 bytes", () => {
    const name = `${"é".repeat(124)}a.jsonl`;
    expect(Buffer.byteLength(name)).toBe(255);
    expect(resolveSessionFile(name, store)).toEqual({ kind: "inside", name });
  });

  test("keeps composed and decomposed letters apart, but knows the index in both", () => {
    const accented = { ...store, indexName: "caf\u00e9.json" };
    expect(resolveSessionFile("cafe\u0301.jsonl", accented)).toEqual({
      kind: "inside",
      name: "cafe\u0301.jsonl",
    });
    expect(resolveSessionFile("CAFE\u0301.json", accented)).toEqual({ kind: "unsafe", reason: "index" });
    expect(resolveSessionFile("sessions.json", accented)).toEqual({ kind: "inside", name: "sessions.json" });
  });
});

describe("sessionFileBaseName", () => {
  test.each([
    ["/old/home/agents/main/sessions/a.jsonl", "a.jsonl"],
    ["C:\\Users\\u\\sessions\\a.jsonl", "a.jsonl"],
    ["a.jsonl", "a.jsonl"],
    ["../../a.jsonl", "a.jsonl"],
  ])("%j has the basename %s", (text, name) => {
    expect(sessionFileBaseName(text, "sessions.json")).toBe(name);
  });

  test.each([
    "",
    "/old/",
    "/old/.",
    "/old/..",
    "C:\\",
    "/old/sessions.json",
    "/old/SESSIONS.JSON",
    "/old/a.jsonl.lock",
    "/old/.sessionsmith",
    "/old/a\0.jsonl",
    "/old/\ud800.jsonl",
    `/old/${"a".repeat(256)}`,
  ])("%j has none that may be used", (text) => {
    expect(sessionFileBaseName(text, "sessions.json")).toBeUndefined();
  });
});

describe("transcriptName", () => {
  test.each(["00000000-0000-4000-8000-000000000001", "agent:main:telegram:direct:7", "a b", "..", "é"])(
    "%j has a file",
    (id) => {
      expect(transcriptName(id)).toBe(`${id}.jsonl`);
    },
  );

  test.each(["", "../../x", "a/b", "/etc/passwd", "a\\b", "a\0", "\ud800", "a".repeat(250)])(
    "%j has none",
    (id) => {
      expect(transcriptName(id)).toBeUndefined();
    },
  );
});
