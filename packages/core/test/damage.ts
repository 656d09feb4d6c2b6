import { type Arbitrary, array, constant, nat, oneof, record, uint8Array } from "fast-check";

/** A way in which disks, crashes and other programs spoil files. */
export type Damage =
  | { readonly how: "cut" | "repeat" | "zero"; readonly from: number; readonly length: number }
  | { readonly how: "flip"; readonly at: number; readonly bit: number }
  | { readonly how: "insert"; readonly at: number; readonly bytes: Uint8Array };

/** One to three damages of a file of so many bytes. */
export function damagesOf(size: number): Arbitrary<readonly Damage[]> {
  const at = nat(size);
  const length = oneof(nat(8), nat(size));
  const range = <How extends "cut" | "repeat" | "zero">(how: How) =>
    record({ how: constant(how), from: at, length });
  const damage: Arbitrary<Damage> = oneof(
    range("cut"),
    range("zero"),
    range("repeat"),
    record({ how: constant("flip" as const), at, bit: nat(7) }),
    record({ how: constant("insert" as const), at, bytes: uint8Array({ maxLength: 6 }) }),
  );
  return array(damage, { minLength: 1, maxLength: 3 });
}

/** Spoils a file; the bytes that are given stay as they are. */
export function damaged(bytes: Buffer, one: Damage): Buffer {
  if (one.how === "flip") {
    const copy = Buffer.from(bytes);
    const byte = copy[one.at];
    if (byte !== undefined) copy[one.at] = byte ^ (1 << one.bit);
    return copy;
  }
  if (one.how === "insert")
    return Buffer.concat([bytes.subarray(0, one.at), one.bytes, bytes.subarray(one.at)]);
  const end = Math.min(bytes.length, one.from + one.length);
  const [before, part, after] = [
    bytes.subarray(0, one.from),
    bytes.subarray(one.from, end),
    bytes.subarray(end),
  ];
  if (one.how === "zero") return Buffer.concat([before, Buffer.alloc(part.length), after]);
  return Buffer.concat(one.how === "cut" ? [before, after] : [before, part, part, after]);
}
