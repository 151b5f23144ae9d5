/** What browsers let go out when a page is left. */
const MAX_BYTES = 60_000;
/** Of each text, when all together are too much. */
const SHORT = 500;

interface Sendable {
  readonly fields: readonly { readonly value: string }[];
}

/**
 * Posts JSON in a way that outlives the page. Nobody waits for the answer.
 * As plain text, which needs no question to the server before: there would be no time for one.
 */
export function sendAway(url: string, content: Sendable): void {
  const whole = JSON.stringify(content);
  const fits = new Blob([whole]).size <= MAX_BYTES;
  const body = fits ? whole : JSON.stringify({
    ...content,
    fields: content.fields.map((field) => ({ ...field, value: field.value.slice(0, SHORT) })),
  });
  const type = "text/plain;charset=UTF-8";
  if (!("keepalive" in Request.prototype)) {
    navigator.sendBeacon(url, new Blob([body], { type }));
    return;
  }
  // Unlike a beacon it carries no cookie, and says its origin whatever the page's referrer policy is.
  void fetch(url, {
    method: "POST",
    body,
    keepalive: true,
    credentials: "omit",
    headers: { "content-type": type },
  }).catch(() => {
    // The page goes on: there is nobody to tell.
  });
}
