import { randomBytes as nodeBytes } from "node:crypto";

/** Gives so many bytes that nobody can foresee. */
export type RandomBytes = (length: number) => Uint8Array;

/** Random bytes of the system. */
export const systemRandomBytes: RandomBytes = (length) => nodeBytes(length);
