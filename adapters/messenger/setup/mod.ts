/**
 * Setting a Page up: choosing it, subscribing to it, and the doctor that asks Meta what is wrong.
 * @module
 */
export { accounts } from "./accounts.ts";
export { connection } from "./connection.ts";
export { testSetup } from "./test_setup.ts";
