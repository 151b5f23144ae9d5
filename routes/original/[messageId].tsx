import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import { Banner } from "@/islands/(_components)/Banner.tsx";
import { Facts, type FactsProps } from "@/islands/(_components)/Facts.tsx";
import { formatBytes } from "@/islands/(_components)/format_bytes.ts";
import { formatFull } from "@/islands/(_components)/format_time.ts";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { PageHeader } from "@/islands/(_components)/PageHeader.tsx";
import { PageSection } from "@/islands/(_components)/PageSection.tsx";
import type { Message } from "@/core/model/message.ts";
import { define } from "../(_shared)/define.ts";
import { readPreferences } from "../(_shared)/read_preferences.ts";
import { userOf } from "../settings/(_parts)/settings_frame.ts";
import { readSource } from "./(_parts)/read_source.ts";

export const handler = define.handlers({
  async GET({ params, req, state }) {
    const { messages } = state.core;
    const principal = userOf(state);
    const message = await messages.get(principal, params.messageId ?? "");
    if (!message.ok) throw new HttpError(404);
    const original = await messages.original(principal, message.value.id);
    if (!original.ok) throw new HttpError(404);
    return page({
      message: message.value,
      size: original.value.size,
      isRebuilt: original.value.isRebuilt,
      source: await readSource(original.value),
      timeZone: readPreferences(req).timeZone,
    });
  },
});

/** A mail as it came: what its headers say and its source, as text. */
export default define.page<typeof handler>(function OriginalPage({ data }) {
  const { message, source, size, isRebuilt, timeZone } = data;
  const title = message.email?.subject || "Mail without a subject";
  const file = `/api/v1/messages/${encodeURIComponent(message.id)}/original`;
  return (
    <div class="app" data-scroll="">
      <Head>
        <title>{`Original: ${title} · Parley`}</title>
      </Head>
      <main class="page">
        <PageHeader
          title={title}
          lead="The original mail, as text. Nothing in it can act."
          actions={
            <LinkButton href={file} icon="arrow-down">
              {`Download .eml (${formatBytes(size)})`}
            </LinkButton>
          }
        />
        {isRebuilt && (
          <Banner kind="info" boxed>
            The provider delivered this mail in pieces. It was put together again: its words are the
            sender's, its exact bytes are not, and signatures no longer fit.
          </Banner>
        )}
        <Facts facts={factsOf(message, timeZone)} />
        <PageSection title="Headers">
          <pre class="source" tabIndex={0} aria-label="Headers">{source.header}</pre>
        </PageSection>
        <PageSection
          title="Content"
          lead={source.isCut ? "Only the beginning is shown; the file has all of it." : undefined}
        >
          <pre class="source" tabIndex={0} aria-label="Content">{source.body}</pre>
        </PageSection>
      </main>
    </div>
  );
});

function factsOf({ email, createdAt }: Message, timeZone: string): FactsProps["facts"] {
  const people = (list: readonly { readonly name: string; readonly address: string }[]) =>
    list.map(({ name, address }) => name === "" ? address : `${name} <${address}>`).join(", ");
  const rows = [
    ["From", people(email?.from ? [email.from] : [])],
    ["Reply to", people(email?.replyTo ?? [])],
    ["To", people(email?.to ?? [])],
    ["Cc", people(email?.cc ?? [])],
    ["Came", formatFull(createdAt, timeZone)],
    ["Message-ID", email?.messageId ?? ""],
    ["Sender", email?.senderVerified ? "Verified" : "Not verified"],
  ] as const;
  return rows.filter(([, value]) => value !== "")
    .map(([label, value]) => ({ label, value, title: value }));
}
