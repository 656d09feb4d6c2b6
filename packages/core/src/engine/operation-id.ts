import type { Clock, IdSource } from "../disk/host.ts";

/** Names an operation so that names sort by time: `20261120T101500123Z-1a2b3c4d`. */
export function makeOperationId(host: { readonly clock: Clock; readonly ids: IdSource }): string {
  const stamp = new Date(host.clock.now()).toISOString().replaceAll(/[-:.]/g, "");
  return `${stamp}-${host.ids.uuid().slice(0, 8)}`;
}

/** Tells whether a directory name is an operation id. */
export function isOperationId(name: string): boolean {
  return /^\d{8}T\d{9}Z-[0-9a-f]{8}$/.test(name);
}
