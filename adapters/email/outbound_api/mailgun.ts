import { z } from "zod";
import { composeMail } from "../compose_mail.ts";
import { basicLogin, everyAddress } from "./api_fields.ts";
import type { ApiProvider, ApiSettings } from "./api_provider.ts";

const Sent = z.object({ id: z.string().min(1).max(500) });
const Refused = z.object({ message: z.string() });

/** https://mailgun.com: the whole mail as MIME. */
export const mailgun: ApiProvider = {
  label: "Mailgun",
  hosts: ["api.mailgun.net", "api.eu.mailgun.net"],
  maxBytes: 25_000_000,
  maxRecipients: 1_000,
  isIdempotent: false,
  async request(mail, settings) {
    const form = new FormData();
    form.set("to", everyAddress(mail).join(", "));
    form.set("o:tracking", "no");
    const bytes = Uint8Array.from(await composeMail(mail.headers, mail.content));
    form.set("message", new Blob([bytes], { type: "message/rfc822" }), "message.eml");
    const domain = domainOf(settings, mail.headers.from.address);
    return {
      method: "POST",
      url: `${baseOf(settings)}/v3/${domain}/messages.mime`,
      headers: login(settings),
      body: form,
    };
  },
  probe: (settings, _now, address) => ({
    method: "GET",
    url: `${baseOf(settings)}/v3/domains/${domainOf(settings, address)}`,
    headers: login(settings),
  }),
  idsIn({ json }) {
    const { data } = Sent.safeParse(json);
    return data === undefined ? null : [data.id.replace(/[<>\s]/g, "")];
  },
  refusalIn({ status, json }) {
    const words = Refused.safeParse(json).data?.message ?? "";
    if (status === 404) {
      const message = "Mailgun does not know the sending domain. Check domain and region.";
      return { words, meaning: { code: "config", message } };
    }
    const isForbidden = status === 403 || /not allowed to send|sandbox|disabled/i.test(words);
    if (isForbidden && status < 500) {
      const message = "Mailgun does not let this domain or account send.";
      return { words, meaning: { code: "permission", message } };
    }
    return { words, meaning: null };
  },
};

function baseOf({ baseUrl, region }: ApiSettings): string {
  return baseUrl ?? (region === "eu" ? "https://api.eu.mailgun.net" : "https://api.mailgun.net");
}

function domainOf({ domain }: ApiSettings, address: string): string {
  return encodeURIComponent(domain ?? address.split("@").at(-1) ?? "");
}

function login({ key }: ApiSettings) {
  return { Authorization: basicLogin("api", key), Accept: "application/json" };
}
