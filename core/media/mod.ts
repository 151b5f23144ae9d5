/**
 * Files by reference: a message is stored at once and names files that its channel's adapter can fetch. Owns them from there
 * until they are attachments, or missing; knows providers only by the port `media`.
 * The one flow: `planFetch` in the message's commit → job → `fetchMedia` (size, type, time) → one commit links the file, puts
 * the job off, or says why there is none.
 * @module
 */
export { announcedType } from "./file_type.ts";
export { createMediaFetcher } from "./media_job.ts";
export type { MediaProblem } from "./next_fetch.ts";
export { MEDIA_JOB, planFetch } from "./plan_fetch.ts";
export { problemWords } from "./problem_words.ts";
export { retryMedia } from "./retry_media.ts";
