/**
 * Browser code that is neither an island nor part of a page, as built from the entries named in
 * `fresh.config.ts`. The Vite plugin in `.tasks/browser_bundles.ts` puts the built files in place of
 * `browserBundles` below; outside Vite (a unit test of a route) there are none.
 *
 * A route serves one with `respondWithBundle(ctx.req, "widget.js")` from `respond_with_bundle.ts`.
 */

/** One built file. */
export interface BrowserBundle {
  readonly body: string;
  readonly contentType: string;
  /** First 16 hex digits of the body's SHA-256: for `ETag` and for addresses that never change. */
  readonly hash: string;
  /** For the `integrity` attribute: `sha384-…`. */
  readonly integrity: string;
}

/** By name, such as `widget.js`; an entry that imports CSS also has `widget.css`. */
export const browserBundles: Readonly<Record<string, BrowserBundle>> = {};
