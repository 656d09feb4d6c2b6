import { configureGlobal } from "fast-check";

// One seed for every run, so that the gate says the same of the same code; `pnpm test:random` draws anew.
const given = process.env["PROPERTY_SEED"];
configureGlobal({ seed: given === undefined ? 20_260_528 : Number(given) });
