/** Originals of mails are for signed-in people, as the inbox is. */
export { default } from "../settings/_middleware.ts";
