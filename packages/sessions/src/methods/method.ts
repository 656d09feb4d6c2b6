import { StoreError } from "@sessionsmith/core";
import type { z } from "zod";
import { paramProblems } from "./param-problems.ts";
import type { SessionStores } from "./session-stores.ts";

/** A method as it is written: its parameters and its answer have schemas, and `run` gets what fits. */
export interface MethodSpec<P extends z.ZodType, R extends z.ZodType> {
  /** As it is called: `sessions.list`. */
  readonly name: string;
  /** One line, lower case, without a full stop. */
  readonly summary: string;
  readonly params: P;
  readonly result: R;
  readonly run: (stores: SessionStores, params: z.output<P>) => Promise<z.input<R>>;
}

/** A method as a registry holds it. */
export interface SessionMethod {
  readonly name: string;
  readonly summary: string;
  /** For whoever mounts or describes it. */
  readonly params: z.ZodType;
  readonly result: z.ZodType;
  /** Checks the parameters, and runs. @throws StoreError E_USAGE for parameters that do not fit; what `run` throws */
  readonly call: (stores: SessionStores, params: unknown) => Promise<unknown>;
}

/** A method that also keeps the types of its parameters and answer. */
export interface TypedMethod<P extends z.ZodType, R extends z.ZodType> extends SessionMethod {
  readonly typed: (stores: SessionStores, params: z.input<P>) => Promise<z.input<R>>;
}

/** Makes a method that checks its parameters before it runs. */
export function defineMethod<P extends z.ZodType, R extends z.ZodType>(
  spec: MethodSpec<P, R>,
): TypedMethod<P, R> {
  const { name, summary, params, result, run } = spec;
  const checked = async (stores: SessionStores, raw: unknown): Promise<z.input<R>> => {
    const parsed = params.safeParse(raw ?? {});
    if (parsed.success) return run(stores, parsed.data);
    const { problems, hint } = paramProblems(parsed.error);
    throw new StoreError("E_USAGE", `invalid ${name} params: ${problems.join("; ")}`, {
      details: { method: name, problems: [...problems] },
      ...(hint === undefined ? {} : { hint }),
    });
  };
  return { name, summary, params, result, call: checked, typed: checked };
}
