/** Search is for signed-in people, as settings are: others sign in first and come back. */
export { default } from "../settings/_middleware.ts";
