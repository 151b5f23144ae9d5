import { MAX_RAW_BYTES, type PushProvider } from "./push_provider.ts";
import { verifyBearer } from "./verify_secret.ts";

/** A mail server of one's own: each mail as it is, with the channel's secret. */
export const raw: PushProvider = {
  contentTypes: ["message/rfc822"],
  maxBytes: MAX_RAW_BYTES,
  verify: (request, { secret }) => Promise.resolve(verifyBearer(request, secret)),
  open: ({ body, headers }) =>
    Promise.resolve({
      kind: "mail",
      bytes: body,
      envelopeFrom: headers["parley-envelope-from"],
      envelopeTo: headers["parley-envelope-to"],
    }),
  guide: (url) => ({
    detail: `Let your mail server post each mail to ${url} as message/rfc822, with the secret as ` +
      "“Authorization: Bearer …”",
  }),
};
