/**
 * Answers with a mail's page for the frame it is shown in. Nothing in it can run: it is sanitised, its sandbox has
 * no `allow-scripts`, and the policy allows no script. It keeps its origin so that the page around it can measure
 * its height. Images come from here only: remote ones through `/api/v1/images`.
 */
export function mailFrame(page: string): Response {
  const policy = [
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox",
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "img-src data: 'self'",
    "font-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join("; ");
  return new Response(page, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "private, no-store",
    },
  });
}
