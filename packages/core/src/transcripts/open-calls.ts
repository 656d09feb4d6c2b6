import { isJsonObject, type JsonObject } from "../json-value.ts";
import type { LinePlace } from "./trouble-list.ts";
import { toolUseOf } from "./tool-calls.ts";

/** A tool call that no result answers. */
export interface OpenCall {
  readonly callId: string;
  /** Where the record that makes the call begins. */
  readonly place: LinePlace;
}

/** How OpenClaw 2026.5.28 marks an answer of a model that was broken off: its calls were never made. */
const brokenOff: ReadonlySet<unknown> = new Set(["error", "aborted"]);

/** No program makes ids that are longer; such a call is not looked at. */
const longestId = 512;

/** Follows the tool calls of a transcript until they are answered. An id that is used again belongs to the nearest call before. */
export class OpenCalls {
  readonly #pending = new Map<string, OpenCall>();
  readonly #lost: OpenCall[] = [];
  readonly #asked = new Set<string>();
  #blind = false;

  /** Hears the next record; false if it answers a call that no record before it makes. */
  next(record: JsonObject, place: LinePlace): boolean {
    const { calls, answers } = toolUseOf(record);
    for (const callId of calls) this.#asked.add(callId);
    if (calls.length > 0 && !isBrokenOff(record)) this.#await(calls, place);
    if (answers === undefined) return true;
    this.#pending.delete(answers);
    return this.#blind || this.#asked.has(answers);
  }

  #await(calls: readonly string[], place: LinePlace): void {
    for (const callId of calls) {
      if (callId.length > longestId) continue;
      const earlier = this.#pending.get(callId);
      if (earlier !== undefined && earlier.place.offset !== place.offset) this.#lost.push(earlier);
      this.#pending.set(callId, { callId, place });
    }
  }

  /** A line that is not looked into may answer any call, and make any. */
  loseSight(): void {
    this.#blind = true;
    this.#pending.clear();
  }

  /** The calls without an answer, in the order of the file. */
  all(): readonly OpenCall[] {
    return [...this.#lost, ...this.#pending.values()].toSorted((a, b) => a.place.offset - b.place.offset);
  }
}

function isBrokenOff({ message }: JsonObject): boolean {
  return isJsonObject(message) && brokenOff.has(message["stopReason"]);
}
