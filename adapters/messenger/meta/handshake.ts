import { equalText, type WebhookRequest } from "../../../core/channel/mod.ts";

/** A challenge is a number or a word; whatever else stands there is not Meta's. */
const CHALLENGE = /^[\w.-]{1,200}$/;

/** Answers Meta's question whether this address is ours; null for any request but a GET. */
export function answerHandshake(
  { method, url }: Pick<WebhookRequest, "method" | "url">,
  verifyToken: string,
): Response | null {
  if (method !== "GET") return null;
  const asked = url.searchParams;
  const challenge = asked.get("hub.challenge") ?? "";
  const isOurs = asked.get("hub.mode") === "subscribe" &&
    equalText(asked.get("hub.verify_token") ?? "", verifyToken) && CHALLENGE.test(challenge);
  // Nothing of a wrong question is told back.
  return new Response(isOurs ? challenge : "Wrong verify token", {
    status: isOurs ? 200 : 403,
    headers: { "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff" },
  });
}
