/**
 * What a mailbox's settings probably are, from its address: known providers (`mail_providers.ts`, `relays.ts`), and what
 * the domain's name servers, its sites and the list of providers say (`look_up_mail.ts`). `choose_servers.ts` decides
 * which of them counts; nothing here signs in anywhere.
 * @module
 */
import { err, ok, type SuggestPort } from "../../../core/channel/mod.ts";
import { lookUpMail } from "./look_up_mail.ts";
import { readMailAddress } from "./mail_domain.ts";
import { suggestMailSettings } from "./suggest_mail_settings.ts";

export { providerOfDomain, signInHelp } from "./find_provider.ts";

/** Fills in a mailbox's settings. */
export const mailSuggest: SuggestPort = {
  title: "Connect a mailbox",
  lead: "Parley reads and sends from your own address. Nothing is deleted on your mail server.",
  label: "Email address",

  async suggest(text, io) {
    const address = readMailAddress(text);
    if (address === null) return err("is not a mail address, such as support@example.com");
    const findings = await lookUpMail(address, io);
    const canReceive = io.receiver !== undefined && io.receiver.domain !== null;
    const own = { canReceive, canSend: io.systemMail !== undefined };
    return ok(suggestMailSettings(address.address, findings, own));
  },
};
