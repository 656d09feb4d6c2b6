/** A stored time, understood or not. */
export type RowTime =
  | { readonly known: true; readonly atMs: number; readonly unit: "ms" | "s" | "us" | "iso" }
  | { readonly known: false; readonly why: "absent" | "zero" | "negative" | "not-a-time" | "zoneless" };
