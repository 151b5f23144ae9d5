/**
 * What a channel asks of its provider beside sending: to deliver here (`connection`), who a customer is (`profile`), to
 * show them that somebody writes or has read (`typing`, `receipts`); and which accounts there are to connect. Jobs and a relay; knows adapters by their contract.
 * @module
 */
export {
  type AccountQuery,
  type Accounts,
  createAccounts,
  type FoundAccounts,
} from "./accounts.ts";
export { createConnectionKeeper } from "./check_connection.ts";
export { createProfiler } from "./profile_job.ts";
export { createReceiptTeller } from "./read_receipt_job.ts";
export { relayTyping } from "./typing_relay.ts";
