import type { InboundEvent, MessageEvent } from "../channel/mod.ts";

type ActionEvent = Extract<InboundEvent, { readonly type: "action" }>;

/**
 * A tapped button as the message it stands for: its words, with what it stands for in the trace. A link that was
 * followed says so. Pure.
 */
export function actionMessage(event: ActionEvent): MessageEvent {
  const { externalId, occurredAt, accountKey, threadKey, identities, name } = event;
  const { payload, title = "", messageExternalId, referral } = event;
  return {
    type: "message",
    externalId,
    occurredAt,
    ...accountKey === undefined ? {} : { accountKey },
    direction: "in",
    sender: { identities, ...name === undefined ? {} : { name } },
    hints: [
      ...messageExternalId === undefined ? [] : [{
        by: "message" as const,
        externalId: messageExternalId,
        how: "The message with the button",
      }],
      { by: "thread", threadKey, how: "The same thread at the provider" },
    ],
    parts: [{ kind: "text", text: title.trim() || words(referral, payload) }],
    ...payload === "" ? {} : { payload },
    ...referral === undefined ? {} : { referral },
  };
}

function words(referral: string | undefined, payload: string): string {
  if (referral !== undefined && referral !== "") return `Came by a link: ${referral}`;
  return payload === "" ? "Tapped a button" : payload;
}
