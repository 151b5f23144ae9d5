/**
 * Forms: visitors fill in a page of Parley's own, or a form of any site that posts here. There is no provider: the core
 * shows and takes forms (`/forms/:channelId`), and answers leave by a mailbox.
 * @module
 */
import { type Capabilities, defineAdapter, err } from "../../core/channel/mod.ts";
import { captchaHosts, captchaOf, verifyCaptcha } from "./captcha.ts";
import { FormConfig } from "./config.ts";

const MAX_FILE_BYTES = 25 * 1024 * 1024;

/** Outbound they are those of mail. */
const capabilities: Capabilities = {
  inbound: ["text", "media"],
  outbound: ["text", "media"],
  text: { max: 500_000, unit: "utf16", split: false, dialect: "html" },
  media: { types: ["*"], maxBytes: MAX_FILE_BYTES, maxCount: 100 },
  quickReplies: null,
  email: true,
  receipts: { delivered: false, read: false },
  typing: false,
  edit: false,
  delete: false,
  react: false,
  window: null,
  idempotentSend: false,
  echo: false,
  transports: [],
  ratePerSecond: null,
  proactive: false,
  undoSeconds: 10,
};

/** The form adapter. */
export const form = defineAdapter<FormConfig>({
  apiVersion: 1,
  id: "form",
  label: "Form",
  description: "A form on your website or on a page of its own: your team answers by mail.",
  config: FormConfig,
  capabilities,
  hosts: ["challenges.cloudflare.com", "api.hcaptcha.com"],
  configHosts: captchaHosts,
  send: () =>
    Promise.resolve(err({ code: "unsupported", message: "Answers to a form leave by a mailbox." })),
  form: {
    look: ({ fields, title, intro, submitLabel, thanks, accentColor }) => ({
      fields,
      title,
      intro,
      submitLabel,
      thanks,
      accentColor,
    }),
    allowedDomains: ({ allowedDomains }) => allowedDomains,
    redirectUrl: ({ redirectUrl }) => redirectUrl ?? null,
    replyChannelId: ({ replyChannelId }) => replyChannelId ?? null,
    guards: (config) => ({
      honeypot: config.honeypot,
      minFillMs: config.minFillSeconds * 1_000,
      proofOfWork: config.proofOfWork,
      checkMx: config.checkMx,
      perAddress: { hour: config.postsPerHour, day: config.postsPerDay },
      perChannel: { tenSeconds: config.postsInTenSeconds, day: config.postsInADay },
    }),
    captcha: captchaOf,
    verifyCaptcha: (token, about, { config }, io) => verifyCaptcha(token, about, config, io),
  },
});
