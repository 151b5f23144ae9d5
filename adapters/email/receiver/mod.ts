/**
 * Parley as a mail server: it takes mail for the addresses of its channels, for their addresses to forward to, and for
 * nobody else. Knows SMTP and who may do how much; what it is given is parsed like any other raw mail.
 * @module
 */
import type { ListenPort } from "../../../core/channel/mod.ts";
import type { EmailConfig } from "../config.ts";
import { parseMail } from "../parse_mail.ts";
import { openReceiver } from "./open_receiver.ts";
import { forwardAddress, takesAddress } from "./receiver_address.ts";

export { forwardAddress };

export const receiveMail: ListenPort<EmailConfig> = {
  takes: takesAddress,
  forwardAddress,
  settingsFor: (address) => ({
    address,
    inbound: { kind: "receiver" },
    outbound: { kind: "system" },
  }),
  open: (desk, options) => openReceiver(desk, options),
  parse: parseMail,
};
