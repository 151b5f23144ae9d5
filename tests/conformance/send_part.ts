/** How the kit sends a message through the adapter under test. */
import assert from "node:assert/strict";
import {
  type Capabilities,
  capabilitiesOf,
  type Io,
  type OutboundPart,
  type Result,
  type SendError,
  type SendReceipt,
} from "../../core/channel/mod.ts";
import type { Subject } from "./check.ts";
import { KIT_NOW, kitIo } from "./kit_io.ts";
import { openProviderServer, type ProviderServer, type Script } from "./provider_server.ts";
import { withSealedGlobals } from "./sealed_globals.ts";

/** The kit's message, before a fixture adds what its channel needs. */
export const PART: OutboundPart = {
  outboxId: "out_kit00001",
  conversationId: "cnv_kit00001",
  conversationNumber: 1,
  createdAt: KIT_NOW,
  index: 0,
  recipient: {
    contactId: "con_kit00001",
    name: "Ana",
    identities: [
      { kind: "external", value: "customer-1" },
      { kind: "email", value: "ana@example.com" },
      { kind: "phone", value: "+31612345678" },
    ],
  },
  authorName: "Nora Visser",
  text: "Your bike is ready.",
  attachments: [],
};

/** Sends a message to a stand-in of the provider that answers so. @param more in place of what {@link PART} holds */
export async function send(
  subject: Subject,
  script: Script | Parameters<typeof openProviderServer>[0],
  more: Partial<OutboundPart> = {},
) {
  const server: ProviderServer = openProviderServer(
    typeof script === "function" ? script : () => script,
  );
  await using _ = server;
  const { io, logged } = kitIo(subject, { origin: server.origin });
  const result = await withSealedGlobals(0, () => sendTo(subject, io, more));
  return { result, logged, requests: server.requests };
}

/** Sends it through the adapter's own way to the world. */
export async function sendTo(subject: Subject, io: Io, more: Partial<OutboundPart> = {}) {
  const { part = {}, recipient = PART.recipient } = providerOf(subject);
  return await subject.adapter.send({ ...PART, recipient, ...part, ...more }, subject.channel, io);
}

/** What the fixture's channel can do. */
export function abilities({ adapter, channel }: Subject): Capabilities {
  return capabilitiesOf(adapter, channel.config);
}

/** The answer to a message it took. */
export function success(subject: Subject): Exclude<Script, "hang_up"> {
  return { status: 200, ...providerOf(subject).success };
}

/** @throws when the fixture has none */
export function providerOf({ fixture }: Subject) {
  assert.ok(fixture.provider, "the fixture says nothing of the provider");
  return fixture.provider;
}

/** An outcome in a word. */
export function describe(result: Result<SendReceipt, SendError>): string {
  return result.ok ? "a receipt" : `"${result.error.code}"`;
}
