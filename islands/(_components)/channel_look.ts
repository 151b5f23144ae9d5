import type { IconName } from "./icon_names.ts";

/** How a kind of channel is shown: its glyph, the colour role of the glyph, and the name customers know. */
export interface ChannelLook {
  readonly icon: IconName;
  /** Value of `data-channel`; picks a `--channel-*` token. */
  readonly role: "mail" | "chat" | "messenger" | "whatsapp" | "form" | "bot";
  readonly label: string;
}

const LOOKS: Readonly<Record<string, ChannelLook>> = {
  chat: { icon: "chat", role: "chat", label: "Website chat" },
  email: { icon: "mail", role: "mail", label: "Email" },
  form: { icon: "form", role: "form", label: "Form" },
  messenger: { icon: "messenger", role: "messenger", label: "Messenger" },
  instagram: { icon: "image", role: "messenger", label: "Instagram" },
  whatsapp: { icon: "whatsapp", role: "whatsapp", label: "WhatsApp" },
  telegram: { icon: "send", role: "chat", label: "Telegram" },
  sms: { icon: "chat", role: "whatsapp", label: "SMS" },
  api: { icon: "plug", role: "bot", label: "API" },
  practice: { icon: "bot", role: "bot", label: "Practice" },
};

/** @param type an adapter's id. Adapters the screens do not know get a plug and their own id as name. */
export function channelLook(type: string): ChannelLook {
  return (Object.hasOwn(LOOKS, type) ? LOOKS[type] : undefined) ??
    { icon: "plug", role: "bot", label: type };
}
