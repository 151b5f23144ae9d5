import { Buffer } from "node:buffer";
import { z } from "zod";
import { composeMail } from "../compose_mail.ts";
import type { ApiProvider, ApiRequest, ApiSettings, Meaning } from "./api_provider.ts";
import { readAwsKeys, signAwsRequest } from "./sign_aws_request.ts";
import { amazonMessageId } from "../server_message_id.ts";

const Sent = z.object({ MessageId: z.string().min(1).max(200) });
const Refused = z.object({
  message: z.string().optional().catch(undefined),
  Message: z.string().optional().catch(undefined),
  __type: z.string().optional().catch(undefined),
});

const NOT_ALLOWED = "Amazon SES does not let this account send, or not right now.";
const UNVERIFIED = "Amazon SES does not let this address send: verify it or its domain there.";
const MEANINGS: Readonly<Record<string, Meaning>> = {
  AccessDeniedException: { code: "permission", message: NOT_ALLOWED },
  AccountSuspendedException: { code: "permission", message: NOT_ALLOWED },
  SendingPausedException: { code: "permission", message: NOT_ALLOWED },
  MailFromDomainNotVerifiedException: { code: "permission", message: UNVERIFIED },
  LimitExceededException: { code: "rate_limited" },
  TooManyRequestsException: { code: "rate_limited" },
  ThrottlingException: { code: "rate_limited" },
  NotFoundException: { code: "config" },
  MessageRejected: { code: "policy_blocked" },
};
const DEFAULT_REGION = "us-east-1";

/** https://aws.amazon.com/ses: the whole mail as MIME, by the API of version 2. */
export const ses: ApiProvider = {
  label: "Amazon SES",
  hosts: ["email.*.amazonaws.com", "email.*.amazonaws.com.cn"],
  maxBytes: 40_000_000,
  maxRecipients: 50,
  isIdempotent: false,
  async request(mail, settings, now) {
    const bytes = await composeMail(mail.headers, mail.content);
    const addresses = (list: typeof mail.bcc) => list.map(({ address }) => address);
    const body = JSON.stringify({
      Destination: {
        ToAddresses: addresses(mail.headers.to),
        CcAddresses: addresses(mail.headers.cc),
        BccAddresses: addresses(mail.bcc),
      },
      Content: { Raw: { Data: Buffer.from(bytes).toString("base64") } },
    });
    const request = {
      method: "POST",
      url: `${baseOf(settings)}/v2/email/outbound-emails`,
      headers: { "Content-Type": "application/json" },
      body,
    } as const;
    return signed(request, settings, now);
  },
  probe(settings, now) {
    const url = `${baseOf(settings)}/v2/email/account`;
    return signed({ method: "GET", url, headers: {} }, settings, now);
  },
  idsIn({ json }, { region }) {
    const { data } = Sent.safeParse(json);
    if (data === undefined) return null;
    return [data.MessageId, amazonMessageId(data.MessageId, region)];
  },
  refusalIn({ status, headers, json }) {
    const { message, Message, __type } = Refused.safeParse(json).data ?? {};
    const type = (headers.get("x-amzn-errortype") ?? __type ?? "").split(":", 1)[0]
      ?.split("#").at(-1) ?? "";
    const text = message ?? Message ?? "";
    const words = [type, text].filter(Boolean).join(": ");
    if (/not verified/i.test(text)) {
      return { words, meaning: { code: "permission", message: UNVERIFIED } };
    }
    if (status < 500 && /quota|sending rate exceeded/i.test(text)) {
      return { words, meaning: { code: "rate_limited" } };
    }
    return { words, meaning: MEANINGS[type] ?? null };
  },
};

function baseOf({ baseUrl, region = DEFAULT_REGION }: ApiSettings): string {
  const end = region.startsWith("cn-") ? ".cn" : "";
  return baseUrl ?? `https://email.${region}.amazonaws.com${end}`;
}

/** Without usable keys the request goes unsigned, and is refused as unauthorized; the settings do not let that happen. */
function signed(
  request: ApiRequest & { readonly body?: string },
  { key, region = DEFAULT_REGION }: ApiSettings,
  now: number,
): ApiRequest {
  const keys = readAwsKeys(key);
  if (keys === null) return request;
  const { method, url, headers, body = "" } = request;
  const where = { keys, region, service: "ses" };
  return { ...request, headers: signAwsRequest({ method, url, headers, body }, where, now) };
}
