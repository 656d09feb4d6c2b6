import type { DamagedStore } from "./damaged-store.ts";
import { lines } from "./transcript-text.ts";

const one = "11111111-1111-4111-8111-111111111111";
const two = "22222222-2222-4222-8222-222222222222";
const updatedAt = Date.UTC(2026, 10, 19, 10);

/** What openclaw-python leaves in the place of a store. */
export const pythonStore: DamagedStore = {
  what: "rows and bare messages that openclaw-python left: tools, pictures, unknown fields, times without a zone, a torn end",
  rows: {
    "agent:main:main": {
      session_id: one,
      updated_at: updatedAt,
      session_file: `${one}.jsonl`,
      label: null,
      chat_type: "direct",
    },
    "agent:main:telegram:direct:5": { session_id: two, updated_at: updatedAt, session_file: `${two}.jsonl` },
  },
  files: {
    [`${one}.jsonl`]: `${lines(
      `{"role":"system","content":"made-up rules","timestamp":"2026-11-19T09:00:00.123456"}`,
      `{"role":"user","content":"see picture","timestamp":"2026-11-19T09:00:01.123456","tool_calls":null,"tool_call_id":null,"name":null,"images":["https://example.com/a.png"]}`,
      `{"role":"assistant","content":"","timestamp":"2026-11-19T09:00:02Z","tool_calls":[{"id":"call_1","type":"function","function":{"name":"read","arguments":"{\\"path\\":\\"a\\"}"}}],"usage":{"input_tokens":5},"thinking":"made-up"}`,
      `{"role":"tool","content":"made-up result","tool_call_id":"call_1","name":"read"}`,
      `{"role":"assistant","content":"grüße","timestamp":"some day"}`,
    )}{"role":"user","cont`,
    [`${two}.jsonl`]: lines(
      `{"type":"session","id":"${two}","timestamp":"2026-11-19T08:00:00.000Z","cwd":"/home/user/work"}`,
      `{"role":"user","content":"made-up","id":"m1"}`,
      `{"role":"assistant","content":null,"tool_calls":[{"id":"call_2","type":"function","function":{"name":"write","arguments":"not JSON"}},{"id":"call_3","type":"function","function":{"name":"write","arguments":""}}],"id":"m1"}`,
    ),
  },
};
