import {
  type ConnectionError,
  type ConnectionPort,
  err,
  ok,
  type Result,
  type SendError,
} from "../../../core/channel/mod.ts";
import { pageAccess } from "../access.ts";
import type { MessengerConfig } from "../config.ts";
import { readTokenFacts } from "./token_facts.ts";
import { missingFields, readSubscription, subscribe, unsubscribe } from "./subscription.ts";

/** Makes Meta deliver what happens on a Page, and looks after it: after an hour of failed deliveries it stops for good. */
export const connection: ConnectionPort<MessengerConfig> = {
  async connect(channel, io) {
    const access = pageAccess(channel);
    if (!access.ok) return err({ code: "broken", message: access.error });
    return nothing(await subscribe(access.value, io));
  },

  async disconnect(channel, io) {
    const access = pageAccess(channel);
    // Without an app or a token that works there is nothing that could be taken back.
    if (!access.ok) return ok(null);
    const ended = nothing(await unsubscribe(access.value, io));
    return ended.ok || ended.error.code === "unavailable" ? ended : ok(null);
  },

  async health(channel, io) {
    const access = pageAccess(channel);
    if (!access.ok) return err({ code: "broken", message: access.error });
    const facts = await readTokenFacts(access.value, io);
    if (!facts.ok) return err(connectionError(facts.error));
    if (!facts.value.isValid) return err(TOKEN_ENDED);
    const fields = await readSubscription(access.value, io);
    if (!fields.ok) return err(connectionError(fields.error));
    if (missingFields(fields.value).length === 0) return ok({ mended: null });
    const again = await subscribe(access.value, io);
    if (!again.ok) return err(connectionError(again.error));
    const had = fields.value.size === 0
      ? "Meta had ended the Page's subscription. It was renewed; what was written meanwhile is in Meta's own inbox only."
      : "Some kinds of events were missing from the Page's subscription. They were added.";
    return ok({ mended: had });
  },
};

function nothing(result: Result<unknown, SendError>): Result<null, ConnectionError> {
  return result.ok ? ok(null) : err(connectionError(result.error));
}

/** A refusal of the Graph API as a sentence about the connection. */
export function connectionError(error: SendError): ConnectionError {
  const provider = error.provider === undefined ? {} : { provider: error.provider };
  switch (error.code) {
    case "unavailable":
    case "ambiguous":
    case "rate_limited":
      return { code: "unavailable", message: "Facebook cannot be reached right now.", ...provider };
    case "unauthorized":
    case "signed_out":
      return { ...TOKEN_ENDED, ...provider };
    case "permission":
      return { code: "broken", message: NO_PERMISSION, ...provider };
    case "config":
      return { code: "broken", message: error.message, ...provider };
    case "policy_blocked":
      return { code: "broken", message: error.message, ...provider };
    case "window_closed":
    case "recipient_unreachable":
    case "opted_out":
    case "rejected":
    case "too_large":
    case "unsupported":
      return { code: "broken", message: NOT_TAKEN, ...provider };
  }
}

const TOKEN_ENDED: ConnectionError = {
  code: "broken",
  message: "Facebook no longer takes the Page's token. Make a new one and enter it here.",
};
const NO_PERMISSION =
  "The token lacks a permission: it needs pages_messaging and pages_manage_metadata, by somebody who may moderate the Page.";
const NOT_TAKEN =
  "Facebook refused the settings. Check the app's ID and secret, and that the token is of this Page.";
