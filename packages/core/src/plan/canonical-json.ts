import { isSequence, type Sequence } from "../sequence.ts";

/** So many items of a list become one text at a time. */
const itemsAtOnce = 64;

/** So many orders of members of one size are remembered. */
const rememberedOrders = 16;

/**
 * Writes one spelling for one value: object keys sorted by code unit, no white space; a sequence is a list. A member that is `undefined` is left out,
 * as `JSON.stringify` does it. The text comes part by part, so that a plan of a large store never becomes one string; no part
 * ends inside a character. Nearly everything is written by `JSON.stringify`, which is several times as fast as by hand.
 *
 * @throws Error for anything that JSON can't carry (bigint, NaN, function, Date, Map, a hole in an array): a mistake of the caller.
 */
export function writeCanonicalJson(value: unknown, put: (part: string) => void): void {
  putValue("", value, { put, orders: new Map() });
}

/** The members of objects that have the same names in the same order. */
interface MemberOrder {
  readonly names: readonly string[];
  /** By code unit. */
  readonly sorted: readonly string[];
  /** What an object with these names has to be for `JSON.stringify` to write it in that order. */
  readonly needs: "nothing" | "a-sorted-copy" | "to-be-written-by-hand";
}

/** Where the text goes, and how objects are written: a plan has many objects and few kinds of them. */
interface CanonicalText {
  readonly put: (part: string) => void;
  /** By the number of members. */
  readonly orders: Map<number, MemberOrder[]>;
}

/** No value that JSON has. */
const byHand = Symbol("to be written by hand");

/** Puts a value, behind what stands before it. */
function putValue(before: string, value: unknown, text: CanonicalText): void {
  const ordered = inOrder(value, text);
  if (ordered !== byHand) text.put(before + JSON.stringify(ordered));
  else if (isSequence(value)) putList(before, value, text);
  else if (isPlainObject(value)) putMembers(before, value, text);
  else throw new Error(`canonical JSON can't carry a value of type ${typeof value}`);
}

/**
 * The value as `JSON.stringify` writes it canonically, if there is such a thing: itself, or a copy with sorted members. Not for
 * a long list, which is to be written in parts, nor for what JSON can't carry.
 */
function inOrder(value: unknown, text: CanonicalText): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : byHand;
  if (Array.isArray(value)) return value.length > itemsAtOnce ? byHand : listInOrder(value, text);
  return isPlainObject(value) ? objectInOrder(value, text) : byHand;
}

function listInOrder(items: readonly unknown[], text: CanonicalText): unknown {
  let copy: unknown[] | undefined;
  for (let n = 0; n < items.length; n += 1) {
    const ordered = inOrder(items[n], text);
    if (ordered === byHand) return byHand;
    if (ordered !== items[n]) copy ??= items.slice(0, n);
    copy?.push(ordered);
  }
  return copy ?? items;
}

function objectInOrder(object: Readonly<Record<string, unknown>>, text: CanonicalText): unknown {
  const { sorted, needs } = orderOf(object, text);
  if (needs === "to-be-written-by-hand") return byHand;
  let copy: Record<string, unknown> | undefined = needs === "nothing" ? undefined : {};
  for (const name of sorted) {
    const value = object[name];
    if (value === undefined) continue;
    const ordered = inOrder(value, text);
    if (ordered === byHand) return byHand;
    if (ordered !== value) copy ??= { ...object };
    if (copy !== undefined) copy[name] = ordered;
  }
  return copy ?? object;
}

function putList(before: string, items: Sequence<unknown>, text: CanonicalText): void {
  let opening = `${before}[`;
  for (const item of items) {
    putValue(opening, item, text);
    opening = ",";
  }
  text.put(opening === "," ? "]" : `${before}[]`);
}

function putMembers(before: string, object: Readonly<Record<string, unknown>>, text: CanonicalText): void {
  let opening = `${before}{`;
  for (const name of orderOf(object, text).sorted) {
    const value = object[name];
    if (value === undefined) continue;
    putValue(`${opening}${JSON.stringify(name)}:`, value, text);
    opening = ",";
  }
  text.put(opening === "," ? "}" : `${before}{}`);
}

function orderOf(object: object, { orders }: CanonicalText): MemberOrder {
  const names = Object.keys(object);
  const ofSize = orders.get(names.length) ?? [];
  for (const order of ofSize) if (areSame(order.names, names)) return order;
  const sorted = names.toSorted();
  const order = { names, sorted, needs: needsOf(names, sorted) };
  // Objects that are used as maps, each with names of its own, are not to be remembered.
  if (ofSize.length < rememberedOrders) orders.set(names.length, [...ofSize, order]);
  return order;
}

/** A name that looks like the index of a list always comes first in an object, and `__proto__` is none that can be copied. */
function needsOf(names: readonly string[], sorted: readonly string[]): MemberOrder["needs"] {
  if (names.some((name) => /^\d/.test(name) || name === "__proto__")) return "to-be-written-by-hand";
  return areSame(names, sorted) ? "nothing" : "a-sorted-copy";
}

function areSame(some: readonly string[], others: readonly string[]): boolean {
  for (let n = 0; n < some.length; n += 1) if (some[n] !== others[n]) return false;
  return some.length === others.length;
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
