import { describe, expect, test } from "vitest";
import { patchSession } from "../../src/patch/patch-session.ts";
import { diskWith, now, rowsOf, scopeOn, visible } from "../change/changed-store.ts";

const index = `{
  "agent:main:main": {"sessionId":"s1", "updatedAt":5, "x":1e2, "odd": "\\u00e9"},
  "agent:main:future": {"sessionId":"s2","updatedAt":${now + 9_000_000},"label":"Ann"},
  "agent:main:none": {"updatedAt":"2026-01-01", "label":"L", "displayName":"D"},
  "bad": 7
}`;

describe("patchSession", () => {
  test("changes its fields and the time, and leaves every other byte", async () => {
    const fs = diskWith({ rows: index });
    const { answer } = await patchSession(scopeOn(fs), { key: "agent:main:main", patch: { label: "Bob" } });
    expect(visible(fs)["sessions.json"]).toBe(
      index.replace(
        '"updatedAt":5, "x":1e2, "odd": "\\u00e9"}',
        `"updatedAt":${JSON.stringify(answer.entry["updatedAt"])}, "x":1e2, "odd": "\\u00e9", "label": "Bob"}`,
      ),
    );
    expect(answer).toMatchObject({
      ok: true,
      key: "agent:main:main",
      entry: { sessionId: "s1", label: "Bob" },
      dryRun: false,
    });
  });

  test("a time in the future stays", async () => {
    const fs = diskWith({ rows: index });
    await patchSession(scopeOn(fs), { key: "agent:main:future", patch: { fastMode: true } });
    expect(rowsOf(fs)["agent:main:future"]).toMatchObject({ updatedAt: now + 9_000_000, fastMode: true });
  });

  test("a row without a session id gets one, and loses its names", async () => {
    const fs = diskWith({ rows: index });
    const { answer } = await patchSession(scopeOn(fs), { key: "agent:main:none", patch: { fastMode: true } });
    expect(answer.entry).toEqual({
      sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      updatedAt: expect.any(Number),
      fastMode: true,
    });
    expect(rowsOf(fs)["agent:main:none"]).toEqual(answer.entry);
  });

  test("a label is unique in its store, and may be given again to its own row", async () => {
    const fs = diskWith({ rows: index });
    const patch = { label: "Ann" };
    await expect(patchSession(scopeOn(fs), { key: "agent:main:main", patch })).rejects.toThrow(
      "label already in use: Ann",
    );
    await expect(patchSession(scopeOn(fs), { key: "agent:main:future", patch })).resolves.toBeDefined();
  });

  test("a key without a row is not found, or gets one", async () => {
    const fs = diskWith({ rows: index });
    const order = { key: "agent:main:new", patch: { thinkingLevel: "low" } };
    await expect(patchSession(scopeOn(fs), order)).rejects.toThrow(
      expect.objectContaining({ code: "E_NOT_FOUND" }),
    );
    expect(visible(fs)["sessions.json"]).toBe(index);
    await patchSession(scopeOn(fs), { ...order, orCreate: true });
    expect(rowsOf(fs)["agent:main:new"]).toMatchObject({ thinkingLevel: "low" });
  });

  test("a row that is not understood stays", async () => {
    const fs = diskWith({ rows: index });
    await expect(patchSession(scopeOn(fs), { key: "bad", patch: { label: "x" } })).rejects.toThrow(
      expect.objectContaining({ code: "E_REFUSED" }),
    );
  });

  test("the model is told as the row and the settings choose it", async () => {
    const settings = { agents: { defaults: { model: "anthropic/opus" } } };
    const fs = diskWith({ rows: { "agent:main:main": { sessionId: "s", model: "last-run" } }, settings });
    const scope = scopeOn(fs);
    const patch = async (model: string | null) =>
      (await patchSession(scope, { key: "agent:main:main", patch: { model } })).answer.resolved;
    expect(await patch("openai/gpt-5")).toEqual({ modelProvider: "openai", model: "gpt-5" });
    expect(await patch(null)).toEqual({ modelProvider: "anthropic", model: "opus" });
  });
});
