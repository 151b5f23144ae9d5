/** What the conformance kit needs to know of Messenger: deliveries and refusals as Meta makes them. */
import { createHash } from "node:crypto";
import type { InboundEvent } from "../../core/channel/mod.ts";
import type { Fixture } from "../../tests/conformance/mod.ts";
import {
  businessLimit,
  errorBody,
  GRAPH_ERRORS,
} from "../../tests/fakes/messenger/graph_errors.ts";
import { deliveryJson, signDelivery } from "../../tests/fakes/messenger/sign_delivery.ts";
import { subscriptionFixture } from "../../tests/fakes/messenger/subscription_fixture.ts";

const PAGE = "100";
const ANA = "24000000000000200";
const BEN = "24000000000000300";
const AT = 1_772_445_600_000;
const app = {
  appId: "440099000001",
  appSecret: "meta_app_secret_for_tests",
  verifyToken: "verify-token-of-tests",
};
/** The signed example of the documentation, byte by byte. */
const DOCUMENTED =
  '{"object":"page","entry":[{"id":"100","time":1772998024000,"messaging":[{"sender":{"id":"200"},"recipient":{"id":"100"},' +
  '"timestamp":1772998024000,"message":{"mid":"m_1","text":"\\u00e4\\u00f6\\u00e5"}}]}]}';

type Fields = Readonly<Record<string, unknown>>;

function from(psid: string, after: number, more: Fields): Fields {
  return { sender: { id: psid }, recipient: { id: PAGE }, timestamp: AT + after, ...more };
}
function to(psid: string, after: number, more: Fields): Fields {
  return { sender: { id: PAGE }, recipient: { id: psid }, timestamp: AT + after, ...more };
}
function body(...messaging: readonly Fields[]): string {
  return deliveryJson({ object: "page", entry: [{ id: PAGE, time: AT, messaging }] });
}

function known(after: number) {
  return { occurredAt: AT + after, accountKey: PAGE };
}
function identities(psid: string) {
  return [{ kind: "psid", value: `${PAGE}:${psid}`, verified: true }];
}
type Message = Extract<InboundEvent, { type: "message" }>;
function message(
  mid: string,
  psid: string,
  after: number,
  parts: Message["parts"],
  more: Partial<Message> = {},
): Message {
  return {
    type: "message",
    ...known(after),
    externalId: mid,
    direction: "in",
    sender: { identities: identities(psid) },
    hints: [{ by: "thread", threadKey: psid, how: "their Messenger conversation" }],
    parts,
    ...more,
  };
}
function text(words: string) {
  return { kind: "text" as const, text: words };
}

const PHOTO = "https://scontent.xx.fbcdn.net/v/t1.15752-9/frame.jpg?oe=6A";
const VOICE = "https://cdn.fbsbx.com/v/t59.3654-21/audioclip?oe=6B";

const BATCH = deliveryJson({
  object: "page",
  entry: [
    {
      id: PAGE,
      time: AT,
      messaging: [
        from(ANA, 0, { message: { mid: "m_a1", text: "My chain broke 🚲" } }),
        from(BEN, 1, { message: { mid: "m_b1", text: "Are you open?" } }),
      ],
    },
    {
      id: "101",
      time: AT,
      messaging: [from(ANA, 2, { message: { mid: "m_x", text: "?" } })],
    },
    {
      id: PAGE,
      time: AT,
      messaging: [from(ANA, 3, {
        message: {
          mid: "m_a2",
          text: "Yes",
          quick_reply: { payload: "YES" },
          reply_to: { mid: "m_a1", is_self_reply: true },
        },
      })],
    },
  ],
});

export const fixture: Fixture = {
  url: import.meta.url,
  // Who is greeted depends on what comes first.
  config: {
    pageId: PAGE,
    pageAccessToken: "EAAPAGETOKEN100",
    isInstantReplyOn: false,
    humanAgentApproved: true,
  },
  app: { kind: "meta", config: app },
  webhook: {
    contentType: "application/json",
    proof: "x-hub-signature-256",
    sign: (bytes) => Promise.resolve({ "x-hub-signature-256": signDelivery(app.appSecret, bytes) }),
    deliveries: [
      {
        name: "two customers in one batch, and another Page's",
        body: BATCH,
        events: [
          message("m_a1", ANA, 0, [text("My chain broke 🚲")]),
          message("m_b1", BEN, 1, [text("Are you open?")]),
          {
            type: "ignored",
            externalId: `delivery ${createHash("sha256").update(BATCH).digest("hex")} 2`,
            occurredAt: AT,
            accountKey: "101",
            reason: "of another Page",
          },
          message("m_a2", ANA, 3, [text("Yes")], {
            payload: "YES",
            notes: [{ step: "reply_to", detail: "Answers m_a1" }],
          }),
        ],
      },
      {
        name: "the signed example of the documentation",
        body: DOCUMENTED,
        events: [{
          ...message("m_1", "200", 0, [text("äöå")]),
          occurredAt: 1_772_998_024_000,
        }],
      },
      {
        name: "files, a place, a sticker of either form and a thumb",
        body: body(
          from(ANA, 10, {
            message: {
              mid: "m_a3",
              attachments: [
                { type: "image", payload: { url: PHOTO } },
                { type: "audio", payload: { url: VOICE } },
                { type: "location", payload: { coordinates: { lat: 52.37, long: 4.89 } } },
              ],
            },
          }),
          from(ANA, 11, {
            message: {
              mid: "m_a4",
              attachments: [{ type: "image", payload: { url: PHOTO, sticker_id: 12 } }],
            },
          }),
          from(ANA, 12, {
            message: { mid: "m_a5", attachments: [{ type: "sticker", payload: { url: VOICE } }] },
          }),
          from(ANA, 13, {
            message: {
              mid: "m_a6",
              attachments: [{
                type: "sticker",
                payload: { url: PHOTO, sticker_id: 369239263222822 },
              }],
            },
          }),
        ),
        events: [
          message("m_a3", ANA, 10, [
            file("frame.jpg", "image/jpeg", PHOTO, "m_a3", 0),
            file("audio.mp4", "audio/mp4", VOICE, "m_a3", 1),
            { kind: "location", latitude: 52.37, longitude: 4.89 },
          ]),
          message("m_a4", ANA, 11, [file("frame.jpg", "image/png", PHOTO, "m_a4", 0)]),
          message("m_a5", ANA, 12, [file("sticker.png", "image/png", VOICE, "m_a5", 0)]),
          message("m_a6", ANA, 13, [text("👍")]),
        ],
      },
      {
        name: "shared links, products, bookings and what is not passed on",
        body: body(
          from(ANA, 20, {
            message: {
              mid: "m_a7",
              text: "Look https://veloce.example/bike",
              attachments: [{
                type: "fallback",
                payload: { url: "https://veloce.example/bike", title: "A bike" },
              }],
            },
          }),
          from(ANA, 21, { message: { mid: "m_a8", attachments: [{ type: "fallback" }] } }),
          from(ANA, 22, {
            message: {
              mid: "m_a9",
              attachments: [{
                type: "template",
                payload: { product: { elements: [{ id: "1", title: "Bell", subtitle: "€ 12" }] } },
              }],
            },
          }),
          from(ANA, 23, {
            message: {
              mid: "m_a10",
              attachments: [{
                type: "appointment_booking",
                payload: { status: "CONFIRMED", start_time: 1_772_445_600 },
              }],
            },
          }),
        ),
        events: [
          message("m_a7", ANA, 20, [text("Look https://veloce.example/bike"), text("A bike")]),
          message("m_a8", ANA, 21, [text("Sent something that Facebook does not pass on.")]),
          message("m_a9", ANA, 22, [text("Bell – € 12")]),
          message("m_a10", ANA, 23, [text("Booking · CONFIRMED · 2 Mar 2026, 10:00")]),
        ],
      },
      {
        name: "taps, links and ads",
        body: body(
          from(ANA, 30, {
            postback: {
              mid: "m_p1",
              title: "Get started",
              payload: "GET_STARTED",
              referral: { ref: "spring", source: "SHORTLINK", type: "OPEN_THREAD" },
            },
          }),
          from(BEN, 31, { postback: { title: "Prices", payload: "PRICES" } }),
          from(BEN, 32, { referral: { ref: "", ad_id: "77", source: "ADS", type: "OPEN_THREAD" } }),
          from(BEN, 33, {
            message: {
              mid: "m_b2",
              text: "About the ad",
              referral: {
                ref: "bells",
                source: "ADS",
                ads_context_data: { ad_title: "Bells for spring" },
              },
            },
          }),
          from(BEN, 34, { optin: { type: "notification_messages", ref: "news" } }),
        ),
        events: [
          {
            type: "action",
            ...known(30),
            externalId: "m_p1",
            threadKey: ANA,
            identities: identities(ANA),
            payload: "GET_STARTED",
            title: "Get started",
            referral: "spring",
          },
          {
            type: "action",
            ...known(31),
            externalId: `postback#${BEN}#${AT + 31}`,
            threadKey: BEN,
            identities: identities(BEN),
            payload: "PRICES",
            title: "Prices",
          },
          {
            type: "action",
            ...known(32),
            externalId: `referral#${BEN}#${AT + 32}`,
            threadKey: BEN,
            identities: identities(BEN),
            payload: "",
            referral: "ad 77",
          },
          message("m_b2", BEN, 33, [text("About the ad")], {
            referral: "bells",
            notes: [{ step: "came_by_ad", detail: "Bells for spring" }],
          }),
          {
            type: "control",
            ...known(34),
            externalId: `optin#${BEN}#${AT + 34}`,
            name: "optin",
            payload: "notification_messages news",
          },
        ],
      },
      {
        name: "edits, reactions and what was taken back",
        body: body(
          from(ANA, 40, {
            message_edit: { mid: "m_a1", text: "My chain fell off", num_edit: "1" },
          }),
          from(ANA, 41, {
            reaction: { mid: "m_p9", action: "react", reaction: "love", emoji: "❤️" },
          }),
          from(ANA, 42, { reaction: { mid: "m_p9", action: "react", reaction: "wow" } }),
          from(ANA, 43, { reaction: { mid: "m_p9", action: "unreact" } }),
          from(BEN, 44, { message: { mid: "m_b1", is_deleted: true } }),
        ),
        events: [
          {
            type: "message_updated",
            ...known(40),
            externalId: "m_a1#edit#1",
            messageExternalId: "m_a1",
            text: "My chain fell off",
          },
          ...([[41, "react", "❤️"], [42, "react", "😮"], [43, "unreact", null]] as const).map(
            ([after, action, emoji]): InboundEvent => ({
              type: "reaction",
              ...known(after),
              externalId: `m_p9#${ANA}#${action}#${AT + after}`,
              messageExternalId: "m_p9",
              emoji,
              identities: identities(ANA),
            }),
          ),
          {
            type: "message_deleted",
            ...known(44),
            externalId: "m_b1#deleted",
            messageExternalId: "m_b1",
          },
        ],
      },
      {
        name: "echoes: ours, of Meta's own inbox, of another app",
        body: body(
          to(ANA, 50, {
            message: {
              mid: "m_o1",
              is_echo: true,
              app_id: 440099000001,
              metadata: "msg_01abc#1",
              text: "We are on it",
            },
          }),
          to(ANA, 51, {
            message: { mid: "m_o2", is_echo: true, app_id: 26390203743090, text: "Hello from us" },
          }),
          to(BEN, 52, {
            message: {
              mid: "m_o3",
              is_echo: true,
              app_id: "55",
              metadata: "msg_01abc",
              attachments: [{ type: "template", title: "Menu", url: "https://veloce.example/" }],
            },
          }),
        ),
        events: [
          message("m_o1", ANA, 50, [text("We are on it")], {
            direction: "echo_own",
            outboxId: "msg_01abc",
          }),
          message("m_o2", ANA, 51, [text("Hello from us")], {
            direction: "echo_other",
            author: "Meta Business Suite",
          }),
          message("m_o3", BEN, 52, [text("Menu\nhttps://veloce.example/")], {
            direction: "echo_other",
            author: "App 55",
          }),
        ],
      },
      {
        name: "receipts, with and without the messages' ids",
        body: body(
          from(ANA, 60, { delivery: { mids: ["m_o2", "m_o9"], watermark: AT + 59 } }),
          from(BEN, 61, { delivery: { watermark: AT + 45 } }),
          from(ANA, 62, { read: { watermark: AT + 46 } }),
        ),
        events: [
          ...["m_o2", "m_o9"].map((mid): InboundEvent => ({
            type: "status",
            ...known(60),
            externalId: `delivered#${mid}`,
            status: "delivered",
            target: { by: "external", messageExternalId: mid },
          })),
          {
            type: "status",
            ...known(61),
            externalId: `delivered#${BEN}#${AT + 45}`,
            status: "delivered",
            target: { by: "watermark", threadKey: BEN, upTo: AT + 45 },
          },
          {
            type: "status",
            ...known(62),
            externalId: `read#${ANA}#${AT + 46}`,
            status: "read",
            target: { by: "watermark", threadKey: ANA, upTo: AT + 46 },
          },
        ],
      },
      {
        name: "another app answers first",
        body: deliveryJson({
          object: "page",
          entry: [{
            id: PAGE,
            time: AT,
            messaging: [
              {
                recipient: { id: PAGE },
                timestamp: AT + 70,
                app_roles: { "55": ["primary_receiver"] },
              },
              from(ANA, 71, {
                pass_thread_control: { previous_owner_app_id: null, new_owner_app_id: 55 },
              }),
            ],
            standby: [from(ANA, 72, { message: { mid: "m_a11", text: "Hello bot" } })],
          }],
        }),
        events: [
          {
            type: "control",
            ...known(70),
            externalId: `app_roles#page#${AT + 70}`,
            name: "app_roles",
            payload: '{"55":["primary_receiver"]}',
          },
          {
            type: "control",
            ...known(71),
            externalId: `pass_thread_control#${ANA}#${AT + 71}`,
            threadKey: ANA,
            name: "pass_thread_control",
            payload: "Another app answers this conversation now (app 55).",
          },
          message("m_a11", ANA, 72, [text("Hello bot")], {
            isAnsweredElsewhere: true,
            notes: [{ step: "standby", detail: "Another app answers this conversation now" }],
          }),
        ],
      },
      {
        name: "a policy is enforced",
        body: body({
          recipient: { id: PAGE },
          timestamp: AT + 80,
          policy_enforcement: { action: "block", reason: "Too many complaints." },
        }),
        events: [{
          type: "channel_problem",
          ...known(80),
          externalId: `policy#block#${AT + 80}`,
          code: "policy_blocked",
          message: "Meta enforces a policy on this Page (block). Too many complaints.",
        }],
      },
    ],
    unknown: body(from(ANA, 90, { game_play: { game_id: "1" } })),
  },
  connection: subscriptionFixture({ appId: app.appId, pageId: PAGE }),
  roundTrip: {
    question: body(from(ANA, 0, { message: { mid: "m_q1", text: "Where are you?" } })),
    ownEcho({ body: sent }) {
      const { message: { text: words, metadata } } = JSON.parse(sent);
      const app_id = Number(app.appId);
      const echo = { mid: "m_sent1", is_echo: true, app_id, text: words, metadata };
      return body(to(ANA, 9_000_000, { message: echo }));
    },
    outsideReply: body(
      to(ANA, 10, {
        message: { mid: "m_o4", is_echo: true, app_id: 26390203743090, text: "Here" },
      }),
    ),
    receipts: {
      delivered: (at) => body(from(ANA, 11, { delivery: { mids: ["m_sent1"], watermark: at } })),
      read: (at) => body(from(ANA, 12, { read: { watermark: at } })),
    },
  },
  media: {
    ref: JSON.stringify({ url: "https://cdn.fbsbx.example/old.png", mid: "m_1", index: 0 }),
    isDownload: ({ host }) => host === "cdn.fbsbx.example",
    answer: () => ({
      status: 200,
      body: JSON.stringify({
        attachments: { data: [{ image_data: { url: "https://cdn.fbsbx.example/new.png" } }] },
      }),
    }),
    renews: true,
  },
  provider: {
    success: { body: `{"recipient_id":"${ANA}","message_id":"m_sent1"}` },
    externalId: "m_sent1",
    recipient: {
      contactId: "con_kit00001",
      name: "Ana",
      identities: [
        { kind: "psid", value: `101:${BEN}` },
        { kind: "psid", value: `${PAGE}:${ANA}` },
      ],
    },
    part: { window: "open" },
    textIn: (request) => JSON.parse(request.body).message.text,
    refusals: [
      ...GRAPH_ERRORS.map((error) => ({ ...error, body: errorBody(error) })),
      { ...businessLimit(PAGE, 5), name: "a limit that says until when" },
    ].map((error) => ({ ...error, body: errorBody(error) })),
  },
};

function file(name: string, type: string, url: string, mid: string, index: number) {
  return { kind: "media" as const, name, type, ref: JSON.stringify({ url, mid, index }) };
}
