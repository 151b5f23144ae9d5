/** A core with a channel whose files are fetched from a real server on this machine, known as `files.example`. */
import { type AnyAdapter, defineAdapter, err, type Result } from "../../core/channel/mod.ts";
import type { FetchedMedia, MediaError, PartInput } from "../../core/channel/mod.ts";
import type { Core, Principal } from "../../core/mod.ts";
import type { AttachmentRef } from "../../core/model/message.ts";
import { fetchAt } from "../../core/platform/mod.ts";
import { scriptedAdapter } from "./scripted_adapter.ts";
import { openTestInbox, type TestInbox } from "./test_inbox.ts";

/** A picture: one red pixel. */
export const PNG = Uint8Array.fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
);

export interface AskedFile {
  readonly host: string;
  readonly path: string;
  readonly authorization: string | null;
}

export interface MediaWorld extends AsyncDisposable {
  readonly inbox: TestInbox;
  readonly channelId: string;
  /** `http://files.example:PORT`, which may be asked. */
  readonly origin: string;
  readonly port: number;
  /** What came, in order. */
  readonly asked: AskedFile[];
  /** How often the adapter was asked for a file. */
  readonly calls: string[];
  /** A message whose only part is this file; its ids. */
  receive(part: Partial<MediaPart>): Promise<{ conversationId: string; messageId: string }>;
  /** The file of a conversation's only message, as it is stored now. */
  file(conversationId: string): Promise<AttachmentRef>;
  /** Its bytes; null when they are not here. */
  bytes(file: AttachmentRef): Promise<Uint8Array | null>;
}

type MediaPart = Extract<PartInput, { kind: "media" }>;

export interface MediaWorldOptions {
  /** What the server answers, by path; 404 for others. */
  readonly answers?: Readonly<Record<string, (request: Request) => Response | Promise<Response>>>;
  /** In place of the server: an address for each time the name is looked up. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  readonly kv?: Deno.Kv;
  /** Further private hosts with their ports that may be asked. */
  readonly allowed?: readonly string[];
  /** The adapter's port; default: `ref` is the address, asked with a token. */
  readonly fetch?: NonNullable<AnyAdapter["media"]>["fetch"];
}

export async function openMediaWorld(
  { answers = {}, resolve = () => Promise.resolve(["127.0.0.1"]), kv, allowed = [], fetch }:
    MediaWorldOptions = {},
): Promise<MediaWorld> {
  const asked: AskedFile[] = [];
  const calls: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const { pathname } = new URL(request.url);
    asked.push({
      host: request.headers.get("host") ?? "",
      path: pathname,
      authorization: request.headers.get("authorization"),
    });
    return await answers[pathname]?.(request) ?? new Response(null, { status: 404 });
  });
  const { port } = server.addr;
  const adapter = defineAdapter({
    ...scriptedAdapter().adapter,
    id: "filer",
    hosts: ["files.example"],
    media: {
      async fetch(ref, channel, io): Promise<Result<FetchedMedia, MediaError>> {
        calls.push(ref);
        if (fetch !== undefined) return await fetch(ref, channel, io);
        if (ref === "broken") throw new Error("a bug of the adapter");
        if (ref === "nothing") return err({ code: "rejected" });
        return await io.fetchFile(ref, { authorization: "Bearer a-token" });
      },
    },
  });
  const inbox = await openTestInbox({
    adapters: [adapter],
    env: {
      PARLEY_ALLOW_PRIVATE_HOSTS: [
        `files.example:${port}`,
        `other.example:${port}`,
        ...allowed,
      ].join(" "),
    },
    ports: { fetchAt, resolve },
    ...kv === undefined ? {} : { kv },
  });
  const root: Principal = { type: "token", id: "tok_root", name: "Root", role: "owner" };
  const { core, inboxId } = inbox;
  const made = await core.channels.create(root, {
    type: "filer",
    inboxId,
    name: "Files",
    config: { token: "s" },
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const channelId = made.value.id;
  let written = 0;
  return {
    inbox,
    channelId,
    origin: `http://files.example:${port}`,
    port,
    asked,
    calls,
    async receive(part) {
      const id = `file-${++written}`;
      const result = await core.inbound.ingest(channelId, {
        type: "message",
        externalId: id,
        occurredAt: inbox.ports.clock.now(),
        direction: "in",
        sender: { identities: [{ kind: "external", value: id, verified: true }], name: "Ana" },
        hints: [{ by: "thread", threadKey: id, how: "test" }],
        parts: [{ kind: "media", name: "", type: "", ...part }],
      });
      if (result?.kind !== "stored") throw new Error(`Cannot receive: ${JSON.stringify(result)}`);
      return result;
    },
    async file(conversationId) {
      const [message] = await inbox.thread(conversationId);
      const [file] = message?.attachments ?? [];
      if (file === undefined) throw new Error("There is no file");
      return file;
    },
    bytes: (file) => readFile(core, inbox.agent, file.id),
    async [Symbol.asyncDispose]() {
      await inbox[Symbol.asyncDispose]();
      await server.shutdown();
    },
  };
}

async function readFile(core: Core, by: Principal, id: string): Promise<Uint8Array | null> {
  const opened = await core.attachments.open(by, id);
  return opened.ok ? await new Response(opened.value.stream()).bytes() : null;
}
