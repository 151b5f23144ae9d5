import { type FormPage, frameAncestors } from "@/core/mod.ts";
import { POLICY_OF_DEVELOPMENT } from "../../(_shared)/security_headers.ts";

/** Headers of a form's page: it may stand in the pages of its sites, and lead where its settings say. */
export function pageHeaders(
  page: FormPage | null,
  { isEmbedded, isDevelopment }: { readonly isEmbedded: boolean; readonly isDevelopment: boolean },
): Record<string, string> {
  const origins = page?.captcha?.origins.map((origin) => ` ${origin}`).join("") ?? "";
  const target = page?.redirectUrl == null ? "" : ` ${new URL(page.redirectUrl).origin}`;
  const ancestors = isEmbedded && page !== null ? frameAncestors(page.allowedDomains) : "'none'";
  const development = isDevelopment ? POLICY_OF_DEVELOPMENT : { style: "", connect: "" };
  return {
    "content-security-policy": [
      "default-src 'none'",
      `script-src 'self'${origins}`,
      `style-src 'self'${origins}${development.style}`,
      // The form's colour is a custom property in a style attribute.
      "style-src-attr 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self'",
      `frame-src${origins === "" ? " 'none'" : origins}`,
      `connect-src 'self'${origins}${development.connect}`,
      "base-uri 'none'",
      `form-action 'self'${target}`,
      `frame-ancestors ${ancestors}`,
    ].join("; "),
    "cache-control": "private, no-store",
  };
}
