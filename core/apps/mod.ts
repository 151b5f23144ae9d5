/**
 * Apps: credentials that several channels share, such as a client registered with Google or an app at Meta. Their
 * kinds come from the adapters; knows nothing of what a kind means. Secrets are sealed as a channel's are.
 * @module
 */
export {
  APP_CHANGED_JOB,
  type AppInput,
  type AppPatch,
  type Apps,
  type AppType,
  createApps,
  type ShownApp,
} from "./apps.ts";
export { adaptersOf, appKinds, openApp, type OpenedApp } from "./open_app.ts";
export { baseUrl, redirectUrl } from "./redirect_url.ts";
