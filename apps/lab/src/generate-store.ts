import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { seededRandom } from "./random.ts";

/** How big a generated store is. */
export interface StoreSize {
  readonly entries: number;
  /** Bytes of filler in each row, so that a row takes what rows of real stores take (about 2 KB). */
  readonly fillerBytes: number;
  /** Messages in each transcript. */
  readonly messages: number;
  /** Bytes of filler in each message; none unless said otherwise. */
  readonly messageBytes?: number;
}

/** A store like those that users report: 2 KB a row, one transcript a row. */
export const ordinaryRows: Omit<StoreSize, "entries"> = { fillerBytes: 1500, messages: 2 };

/** The moment at which generated stores are judged, epoch ms. */
export const generatedNow = Date.UTC(2026, 10, 20);

const dayMs = 86_400_000;

/**
 * Writes `<stateDir>/agents/main/sessions` with an index and one transcript a row, none of them older than 90 days.
 * @param now epoch ms that the rows are older than
 * @returns the path of the index
 */
export function generateStore(stateDir: string, size: StoreSize, now = generatedNow): string {
  const dir = join(stateDir, "agents", "main", "sessions");
  mkdirSync(dir, { recursive: true });
  const random = seededRandom(size.entries);
  const rows = new Map<string, object>();
  for (let n = 0; n < size.entries; n += 1) {
    const sessionId = uuid(random);
    const updatedAt = now - Math.floor(random() * 90 * dayMs);
    rows.set(sessionKey(n, random), row(sessionId, updatedAt, size.fillerBytes));
    const path = join(dir, `${sessionId}.jsonl`);
    writeFileSync(path, transcript(sessionId, updatedAt, size), { mode: 0o600 });
    utimesSync(path, updatedAt / 1000, updatedAt / 1000);
  }
  const index = join(dir, "sessions.json");
  writeFileSync(index, JSON.stringify(Object.fromEntries(rows), null, 2), { mode: 0o600 });
  return index;
}

function sessionKey(n: number, random: () => number): string {
  const kinds = [
    `telegram:direct:${n}`,
    `slack:group:${n}`,
    `cron:job-${n}`,
    `subagent:${uuid(random)}`,
    `discord:channel:c${n}`,
  ];
  return `agent:main:${kinds[Math.floor(random() * kinds.length)]}`;
}

function row(sessionId: string, updatedAt: number, fillerBytes: number): object {
  return {
    sessionId,
    updatedAt,
    systemSent: true,
    thinkingLevel: "medium",
    inputTokens: 1200,
    outputTokens: 340,
    totalTokens: 45_000,
    model: "gpt-5",
    modelProvider: "openai",
    deliveryContext: { channel: "telegram", to: "telegram:123" },
    skillsSnapshot: { prompt: "x".repeat(fillerBytes), skills: [] },
  };
}

function transcript(id: string, atMs: number, { messages, messageBytes = 0 }: StoreSize): string {
  const filler = messageBytes === 0 ? "" : ` ${"made up ".repeat(messageBytes / 8)}`;
  const timestamp = new Date(atMs).toISOString();
  const header = { type: "session", version: 3, id, timestamp, cwd: "/home/user" };
  const lines = Array.from({ length: messages }, (_, n) => ({
    type: "message",
    id: n.toString(16).padStart(8, "0"),
    parentId: n === 0 ? null : (n - 1).toString(16).padStart(8, "0"),
    timestamp,
    message: { role: n % 2 === 0 ? "user" : "assistant", content: `made-up message ${n}${filler}` },
  }));
  return [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join("");
}

function uuid(random: () => number): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
