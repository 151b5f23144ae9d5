import type { MessageEvent } from "../../core/channel/mod.ts";
import { isBulk } from "./automatic.ts";
import { fieldValue, type HeaderField } from "./mime/mod.ts";
import { ROLE_NAMES } from "./role_names.ts";

/** Headers that the programs of campaigns write, with whose number each mail goes out. */
const CAMPAIGN_HEADER =
  /^(?:feedback-id|x-(?:campaign|campaignid|campaign-id|mc-user|mailchimp-[a-z-]+|csa-complaints|rpcampaign|cmail-[a-z-]+|klaviyo-[a-z-]+|hs-[a-z-]*campaign[a-z-]*|mailgun-campaign-id|sib-[a-z-]+|mailer-lid|eloqua-[a-z-]+|sfmc-[a-z-]+|job))$/;

/** In a link's address or words, in the languages such mail is written in. */
const UNSUBSCRIBE =
  /unsubscri|opt-?out|abmeld|abbestell|austragen|d[ée]sabonn|d[ée]sinscri|darse de baja|cancelar (?:la )?suscripci|cancelar (?:a )?inscri|remover (?:da|de) lista|disiscri|annulla (?:l['’])?iscrizione|afmeld|uitschrijv|avregistrer|avprenumerera|avslutt abonnement|peruuta tilaus|wypisz|rezygnacja z subskrypcji|odhl[áa]sit|leiratkoz|dezabon|abonelikten|отписаться|відписатися|配信停止|配信解除|退订|退訂|取消订阅|수신거부/i;
/** Of the HTML that is looked at: such links stand at its end. */
const LAST_CHARS = 20_000;
const ANSWER_OR_FORWARD =
  /^\s*(?:re|aw|antw|sv|fwd?|wg|tr|vs|rv|rif|odp|回复|回覆|答复|转发|轉寄)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]/iu;
const QUOTE = /<blockquote\b|gmail_quote|divRplyFwdMsg|appendonsend|moz-cite-prefix|yahoo_quoted/i;

/**
 * What sort of sender a mail has, where it is not plainly a person.
 * @param mail.address of its author
 */
export function laneOf(
  fields: readonly HeaderField[],
  mail: { readonly address: string | null; readonly subject: string; readonly html: string },
): MessageEvent["lane"] {
  const isList = fields.some(({ name }) => name === "list-id" || name === "list-post");
  const isCampaign = fields.some(({ name }) => CAMPAIGN_HEADER.test(name)) ||
    /one-?click/i.test(fieldValue(fields, "list-unsubscribe-post") ?? "") && !isList;
  if (isCampaign) return "marketing";
  // What somebody answers or passes on may hold the links of others.
  const isOfOthers = ANSWER_OR_FORWARD.test(mail.subject) ||
    fields.some(({ name }) => name === "in-reply-to" || name === "references");
  if (isBulk(fields) || !isOfOthers && hasUnsubscribeLink(mail.html)) return "newsletter";
  const local = mail.address?.split("@")[0]?.toLowerCase().replace(/\+.*$/, "") ?? "";
  return ROLE_NAMES.has(local) ? "role" : undefined;
}

/** Whether the mail's own HTML ends with a way to be taken off a list. */
function hasUnsubscribeLink(html: string): boolean {
  if (QUOTE.test(html)) return false;
  const end = html.slice(-LAST_CHARS);
  for (const [, attributes = "", words = ""] of end.matchAll(LINK)) {
    if (UNSUBSCRIBE.test(attributes) || UNSUBSCRIBE.test(words.replace(/<[^<>]*>/g, ""))) {
      return true;
    }
  }
  return false;
}

/** A link with its words, both bounded. */
const LINK = /<a\s([^<>]{0,4000})>(.{0,500}?)<\/a>/gis;
