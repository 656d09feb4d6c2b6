import type { JsonObject } from "../json-value.ts";
import type { TranscriptFindingId } from "../findings/transcript-findings.ts";
import { headerOf } from "./header.ts";
import type { LinePlace, TroubleList } from "./trouble-list.ts";

/** Follows a transcript until it is known whether it begins with a header, and says what is wrong with its beginning. */
export class Opening {
  readonly #troubles: TroubleList;
  /** `header`: it began with one; `none`: it did not; `unread`: with a line that nobody looked into. */
  #state: "awaited" | "header" | "none" | "unread" = "awaited";
  #held: { readonly id: TranscriptFindingId; readonly place: LinePlace } | undefined;

  constructor(troubles: TroubleList) {
    this.#troubles = troubles;
  }

  /** True if a header has to be put in front of what is there. */
  get isMissing(): boolean {
    return this.#state === "none";
  }

  /** A broken line. If it is the first, it may be a damaged header: what it is called then depends on what follows. */
  hearBroken(id: TranscriptFindingId, place: LinePlace): void {
    if (this.#state === "awaited" && this.#held === undefined) this.#held = { id, place };
    else this.#troubles.note(id, place);
  }

  /** A line that is not looked into. */
  hearUnread(): void {
    if (this.#state === "awaited") this.#settle("unread");
  }

  /** A session header; tells what it is to the file. `newer`: the file is to be left alone. */
  hearHeader(record: JsonObject, place: LinePlace): "header" | "header-second" | "header-damaged" | "newer" {
    if (this.#state === "unread") return "header";
    if (this.#state !== "awaited") {
      this.#troubles.note("transcript-header-second", place);
      return "header-second";
    }
    const { state } = headerOf(record);
    if (state === "header") this.#settle("header");
    if (state === "damaged") this.#settle("none", place, "transcript-header-damaged");
    if (state === "newer") this.#troubles.note("transcript-newer", place);
    return state === "damaged" ? "header-damaged" : state === "newer" ? "newer" : "header";
  }

  /** A record of another type. */
  hearEntry(place: LinePlace): void {
    if (this.#state === "awaited") this.#settle("none", place, "transcript-header-missing");
  }

  /** The end of the file. */
  end(): void {
    if (this.#state === "awaited") this.#settle("none", { number: 1, offset: 0 }, "transcript-empty");
  }

  #settle(state: "header" | "none" | "unread", place?: LinePlace, id?: TranscriptFindingId): void {
    this.#state = state;
    const held = this.#held;
    if (held !== undefined && state === "none") this.#troubles.note("transcript-header-damaged", held.place);
    else if (held !== undefined) this.#troubles.note(held.id, held.place);
    else if (place !== undefined && id !== undefined) this.#troubles.note(id, place);
  }
}
