/**
 * Forgetting people: what a provider's callback demands is noted, deleted by a job, and can be asked about by the code
 * it was given. Knows of the provider only what its kind of app reads in the demand.
 * @module
 */
export { createDataDeletions, DATA_DELETION_JOB, type DataDeletions } from "./data_deletions.ts";
