import { describe, expect, test } from "vitest";
import { detected, diskWith, workspace } from "./legacy-disk.ts";

const session = '{"session_id":"a","messages":[]}';
const dialects = (fs: ReturnType<typeof diskWith>, path = workspace) =>
  detected(fs, path).sources.map(({ dialect, id }) => [dialect, id]);

describe("detectLegacy", () => {
  test("the workspace, its .sessions directory and one file of it", () => {
    const fs = diskWith({ ".sessions/a.json": session, ".sessions/b.json": session });
    expect(dialects(fs)).toEqual([
      ["L1", "a"],
      ["L1", "b"],
    ]);
    expect(dialects(fs, `${workspace}/.sessions`)).toEqual([
      ["L1", "a"],
      ["L1", "b"],
    ]);
    expect(dialects(fs, `${workspace}/.sessions/b.json`)).toEqual([["L1", "b"]]);
    expect(detected(fs, `${workspace}/.sessions/b.json`).root).toBe(workspace);
  });

  test("no such path is E_NOT_FOUND, a path without sessions has none", () => {
    const fs = diskWith({ "notes.txt": "mine" });
    expect(() => detected(fs, "/nowhere")).toThrow(expect.objectContaining({ code: "E_NOT_FOUND" }));
    expect(detected(fs, workspace)).toMatchObject({ files: [], sources: [], findings: [] });
  });

  test("a link and a directory with the name of a session are named and not followed", () => {
    const fs = diskWith({
      ".sessions/a.json": session,
      ".sessions/link.json": { symlink: "/home/user/space/.sessions/a.json" },
      ".sessions/dir.jsonl": { directory: true },
    });
    const { sources, findings } = detected(fs, workspace);
    expect(sources.map(({ id }) => id)).toEqual(["a"]);
    expect(findings.map(({ id, place, details }) => [id, place.path, details])).toEqual([
      [
        "legacy-unreadable",
        `${workspace}/.sessions/dir.jsonl`,
        { problem: "it is a directory and no regular file" },
      ],
      [
        "legacy-unreadable",
        `${workspace}/.sessions/link.json`,
        { problem: "it is a symlink and no regular file" },
      ],
    ]);
  });

  test("the copies of an earlier migration are no sessions", () => {
    const fs = diskWith({ ".sessions/backup_old_format/1/.sessions/a.json": session });
    expect(dialects(fs)).toEqual([]);
  });

  test("a key of the map without a file, and a map that can't be read", () => {
    const gone = diskWith({ ".sessions/session_map.json": '{"agent:main:main":"gone","x":5}' });
    expect(detected(gone, workspace).findings.map(({ id, place }) => [id, place.key])).toEqual([
      ["legacy-message-unread", "x"],
      ["legacy-map-dangling", "agent:main:main"],
    ]);
    const broken = diskWith({ ".sessions/session_map.json": "[1", ".sessions/a.json": session });
    expect(detected(broken, workspace)).toMatchObject({
      sources: [{ id: "a", keys: [] }],
      findings: [{ id: "legacy-unreadable" }],
    });
  });

  test("OpenClaw's own store is not legacy", () => {
    const dir = "agents/main/sessions";
    const fs = diskWith({
      [`${dir}/sessions.json`]: '{"agent:main:main":{"sessionId":"s1","updatedAt":1}}',
      [`${dir}/s1.jsonl`]: '{"type":"session","version":3,"id":"s1"}\n',
      [`${dir}/s1.trajectory-path.json`]: '{"runtimeFile":"x","messages":[]}',
    });
    expect(dialects(fs)).toEqual([]);
    expect(dialects(fs, `${workspace}/${dir}`)).toEqual([]);
  });
});
