/**
 * The methods of a gateway on session stores, with typed parameters and answers. This door loads zod.
 *
 * @packageDocumentation
 */
export {
  createSessionMethods,
  type MethodAnswer,
  type SessionMethods,
} from "./methods/create-session-methods.ts";
export { defineMethod, type MethodSpec, type SessionMethod, type TypedMethod } from "./methods/method.ts";
export {
  openSessionStores,
  type SessionStores,
  type SessionStoresOptions,
} from "./methods/session-stores.ts";
