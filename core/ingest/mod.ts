/**
 * Messages in: a delivery is verified, journalled, answered and only then parsed; each event becomes one commit.
 * Owns the journal and the matching of messages to conversations; knows adapters only by their contract.
 * The one flow: `receive` → journal → job "parse" → `ingestEvent`. Chat, forms and API call `ingest` in process.
 * @module
 */
export { createInbound, type Inbound } from "./inbound.ts";
export type { IngestOptions, IngestResult } from "./ingest_message.ts";
export { createDropper, DROP_JOB } from "./drop_delivery.ts";
export { createListeners } from "./listeners.ts";
export { afterInbound } from "./place.ts";
export { createImporter } from "./import_job.ts";
export { createImports, type ImportInput, type Imports } from "./imports.ts";
export { IMPORT_JOB } from "./put_import.ts";
export { PARSE_JOB } from "./parse_delivery.ts";
export { PROFILE_JOB } from "./plan_profile.ts";
export { createLaterTaker } from "./take_later.ts";
export { POLL_JOB } from "./poll_channel.ts";
export { createPollers, type Pollers } from "./pollers.ts";
export {
  type Accepted,
  checkDelivery,
  type Door,
  type Received,
  type ReceiveError,
  refusedByHeaders,
} from "./door.ts";
