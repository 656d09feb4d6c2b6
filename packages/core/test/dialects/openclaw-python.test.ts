import { describe, expect, test } from "vitest";
import { fromOpenClawPython, toOpenClawPython } from "../../src/dialects/openclaw-python.ts";
import type { JsonObject } from "../../src/json-value.ts";
import { inspectEntry } from "../../src/model/inspect-entry.ts";
import { fullEntry } from "../model/full-entry.ts";

/** A row as the migration tool of openclaw-python wrote it. */
const migrated: JsonObject = JSON.parse(`{
  "session_id": "telegram-333", "updated_at": 1795162376281, "session_file": "telegram-333.jsonl", "spawned_by": null,
  "system_sent": null, "aborted_last_run": null, "chat_type": null, "channel": null, "group_id": null, "subject": null,
  "group_channel": null, "space": null, "thinking_level": null, "verbose_level": null, "reasoning_level": null,
  "elevated_level": null, "tts_auto": null, "provider_override": null, "model_override": null,
  "auth_profile_override": null, "auth_profile_override_source": null, "auth_profile_override_compaction_count": null,
  "exec_host": null, "exec_security": null, "exec_ask": null, "exec_node": null, "response_usage": null,
  "send_policy": null, "group_activation": null, "group_activation_needs_system_intro": null, "queue_mode": null,
  "queue_debounce_ms": null, "queue_cap": null, "queue_drop": null, "input_tokens": null, "output_tokens": null,
  "total_tokens": null, "model_provider": null, "model": null, "context_tokens": null, "compaction_count": null,
  "memory_flush_at": null, "memory_flush_compaction_count": null, "cli_session_ids": null,
  "claude_cli_session_id": null, "label": null, "display_name": null, "origin": null, "delivery_context": null,
  "last_channel": null, "last_to": null, "last_account_id": null, "last_thread_id": null,
  "last_heartbeat_text": null, "last_heartbeat_sent_at": null, "skills_snapshot": null, "system_prompt_report": null
}`);

describe("fromOpenClawPython", () => {
  test("reads a migrated row, without its nulls", () => {
    expect(fromOpenClawPython(migrated)).toEqual({
      entry: { sessionId: "telegram-333", updatedAt: 1_795_162_376_281, sessionFile: "telegram-333.jsonl" },
      findings: [],
    });
  });

  test("reads origin and delivery context, with either spelling of from", () => {
    const origin = {
      label: null,
      provider: "telegram",
      surface: null,
      chat_type: "direct",
      to: null,
      account_id: "a",
    };
    const delivery_context = { channel: "telegram", to: "5", account_id: null, thread_id: 7 };
    const entry = { origin: { provider: "telegram", chatType: "direct", accountId: "a", from: "u" } };
    expect(fromOpenClawPython({ origin: { ...origin, from_: "u" }, delivery_context }).entry).toEqual({
      ...entry,
      deliveryContext: { channel: "telegram", to: "5", threadId: 7 },
    });
    expect(fromOpenClawPython({ origin: { ...origin, from: "u" } }).entry).toEqual(entry);
  });

  test("lets maps, snapshots and unknown fields be", () => {
    const row = JSON.parse(
      '{"cli_session_ids":{"claude_cli":"x","session_id":null},"skills_snapshot":{"my_skills":[null]},' +
        '"x_custom_field":null,"__proto__":{"session_id":1}}',
    );
    expect(JSON.stringify(fromOpenClawPython(row).entry)).toBe(
      '{"cliSessionIds":{"claude_cli":"x","session_id":null},"skillsSnapshot":{"my_skills":[null]},' +
        '"x_custom_field":null,"__proto__":{"session_id":1}}',
    );
  });

  test("reports a field that contradicts itself in two spellings, and keeps both", () => {
    const row = { session_id: "old", sessionId: "new", updated_at: 1, origin: { from_: "a", from: "b" } };
    const { entry, findings } = fromOpenClawPython(row, { key: "agent:main:main" });
    expect(entry).toEqual({
      session_id: "old",
      sessionId: "new",
      updatedAt: 1,
      origin: { from_: "a", from: "b" },
    });
    expect(findings.map(({ id, place }) => [id, place])).toEqual([
      ["entry-spelling-conflict", { key: "agent:main:main", field: "sessionId" }],
      ["entry-spelling-conflict", { key: "agent:main:main", field: "origin.from" }],
    ]);
  });

  test("yields a row that OpenClaw understands", () => {
    expect(inspectEntry(fromOpenClawPython(migrated).entry, { key: "k" }).findings).toEqual([]);
  });
});

describe("toOpenClawPython", () => {
  test("writes what the migration tool writes, in its order", () => {
    expect(JSON.stringify(toOpenClawPython(fromOpenClawPython(migrated).entry))).toBe(
      JSON.stringify(migrated),
    );
  });

  test("writes all fields of origin and delivery context", () => {
    const row = toOpenClawPython({ origin: { from: "u" }, deliveryContext: { channel: "telegram" } });
    expect(row["origin"]).toEqual({
      label: null,
      provider: null,
      surface: null,
      chat_type: null,
      from_: "u",
      to: null,
      account_id: null,
      thread_id: null,
    });
    expect(row["delivery_context"]).toEqual({
      channel: "telegram",
      to: null,
      account_id: null,
      thread_id: null,
    });
  });

  test("writes no null where openclaw-python demands a value", () => {
    const row = toOpenClawPython({ label: "a" });
    expect(Object.keys(row)).toHaveLength(55);
    expect(row).not.toHaveProperty("session_id");
    expect(row).not.toHaveProperty("updated_at");
  });

  test("keeps a foreign field that has the name of one of its own", () => {
    const row = toOpenClawPython({ sessionId: "new", session_id: "old", updatedAt: 1 });
    expect(row).toMatchObject({ session_id: "old", sessionId: "new", updated_at: 1 });
  });

  test("a row with every field comes back whole", () => {
    expect(fromOpenClawPython(toOpenClawPython(fullEntry))).toEqual({ entry: fullEntry, findings: [] });
  });
});
