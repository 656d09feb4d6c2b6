import { isStoreError, StoreError } from "@sessionsmith/core";
import type { z } from "zod";
import { cleanupMethod } from "./cleanup-method.ts";
import { compactMethod } from "./compact-method.ts";
import { createMethod } from "./create-method.ts";
import { deleteMethod } from "./delete-method.ts";
import { listMethod } from "./list-method.ts";
import type { SessionMethod, TypedMethod } from "./method.ts";
import { methodTable } from "./method-table.ts";
import { patchMethod } from "./patch-method.ts";
import { previewMethod } from "./preview-method.ts";
import { resetMethod } from "./reset-method.ts";
import { resolveMethod } from "./resolve-method.ts";
import type { SessionStores } from "./session-stores.ts";

/** A method as a function of its parameters. */
type Bound<M> = M extends TypedMethod<infer P, infer R> ? (params: z.input<P>) => Promise<z.input<R>> : never;

/** The methods of a store, typed by name, and by their names alone for a gateway that mounts them. */
export interface SessionMethods {
  readonly "sessions.list": Bound<typeof listMethod>;
  readonly "sessions.preview": Bound<typeof previewMethod>;
  readonly "sessions.resolve": Bound<typeof resolveMethod>;
  readonly "sessions.create": Bound<typeof createMethod>;
  readonly "sessions.patch": Bound<typeof patchMethod>;
  readonly "sessions.reset": Bound<typeof resetMethod>;
  readonly "sessions.delete": Bound<typeof deleteMethod>;
  readonly "sessions.compact": Bound<typeof compactMethod>;
  readonly "sessions.cleanup": Bound<typeof cleanupMethod>;
  /** All of them, with the schemas of their parameters and answers. */
  readonly methods: ReadonlyMap<string, SessionMethod>;
  /** Runs a method by name. @throws StoreError E_USAGE for an unknown name or bad parameters; what the method throws */
  readonly call: (name: string, params: unknown) => Promise<unknown>;
  /** The same as a gateway answers it: never throws for what a caller did wrong, only for faults of this product. */
  readonly answer: (name: string, params: unknown) => Promise<MethodAnswer>;
}

/** An answer in the frame of OpenClaw's gateway. */
export type MethodAnswer =
  | { readonly ok: true; readonly payload: unknown }
  | {
      readonly ok: false;
      readonly error: {
        readonly code: "INVALID_REQUEST" | "UNAVAILABLE";
        readonly message: string;
        /** Our code, what to do next, and what else there is to know. */
        readonly details: { readonly code: string; readonly hint?: string; readonly [name: string]: unknown };
      };
    };

/**
 * Makes the methods of stores for a gateway or a program: OpenClaw 2026.5.28's `sessions.*`, with our keys beside theirs.
 * The differences stand in docs/differences.md.
 * @param more further methods; one with a name that is taken takes its place
 */
export function createSessionMethods(
  stores: SessionStores,
  more: readonly SessionMethod[] = [],
): SessionMethods {
  const methods = new Map([...methodTable, ...more].map((method) => [method.name, method]));
  const call = async (name: string, params: unknown): Promise<unknown> => {
    const method = methods.get(name);
    if (method === undefined) throw unknownMethod(name, [...methods.keys()]);
    return method.call(stores, params);
  };
  return {
    "sessions.list": (params) => listMethod.typed(stores, params),
    "sessions.preview": (params) => previewMethod.typed(stores, params),
    "sessions.resolve": (params) => resolveMethod.typed(stores, params),
    "sessions.create": (params) => createMethod.typed(stores, params),
    "sessions.patch": (params) => patchMethod.typed(stores, params),
    "sessions.reset": (params) => resetMethod.typed(stores, params),
    "sessions.delete": (params) => deleteMethod.typed(stores, params),
    "sessions.compact": (params) => compactMethod.typed(stores, params),
    "sessions.cleanup": (params) => cleanupMethod.typed(stores, params),
    methods,
    call,
    answer: async (name, params) => {
      try {
        return { ok: true, payload: await call(name, params) };
      } catch (error) {
        if (!isStoreError(error)) throw error;
        return { ok: false, error: errorOf(error) };
      }
    },
  };
}

/** What may pass if tried again later; everything else the caller has to change. */
const passing: ReadonlySet<string> = new Set([
  "E_LOCKED",
  "E_LOCK_LOST",
  "E_STALE_PLAN",
  "E_IO",
  "E_PARTIAL",
  "E_INTERRUPTED",
  "E_JOURNAL_PENDING",
]);

function errorOf({ code, message, hint, details }: StoreError) {
  return {
    code: passing.has(code) ? ("UNAVAILABLE" as const) : ("INVALID_REQUEST" as const),
    message,
    details: { ...details, code, ...(hint === undefined ? {} : { hint }) },
  };
}

function unknownMethod(name: string, known: readonly string[]): StoreError {
  return new StoreError("E_USAGE", `unknown method: ${name}`, {
    hint: `Methods are ${known.toSorted().join(", ")}.`,
    details: { method: name },
  });
}
