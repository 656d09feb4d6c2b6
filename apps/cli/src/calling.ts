/** What is loaded when a method of a gateway is called: schemas, above all. */
export { runCall } from "./commands/call.ts";
