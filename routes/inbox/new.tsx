/** A conversation is begun without script. With script a dialog over the inbox does it. */
import { page } from "fresh";
import { Head } from "fresh/runtime";
import { Banner } from "@/islands/(_components)/Banner.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { Field } from "@/islands/(_components)/Field.tsx";
import { LinkButton } from "@/islands/(_components)/LinkButton.tsx";
import { Select } from "@/islands/(_components)/Select.tsx";
import { SoloShell } from "@/islands/(_components)/SoloShell.tsx";
import { TextArea } from "@/islands/(_components)/TextArea.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import { define } from "../(_shared)/define.ts";
import { START_LABELS as LABELS, startForm, startPage } from "./(_parts)/start_form.ts";

export const handler = define.handlers({
  async GET(ctx) {
    return page(await startPage(ctx.state));
  },

  async POST(ctx) {
    const started = await startForm(ctx.state, ctx.req);
    if (started.ok) return ctx.redirect(`/inbox/all/open/${started.value}`, 303);
    const { status, ...failed } = started.error;
    return page(await startPage(ctx.state, failed), { status });
  },
});

export default define.page<typeof handler>(function NewConversationPage({ data }) {
  const { mailboxes, typed, problem, key } = data;
  return (
    <>
      <Head>
        <title>New conversation · Parley</title>
      </Head>
      <SoloShell top>
        <div class="start-page">
          <h1>New conversation</h1>
          <form class="stack" method="post" encType="multipart/form-data">
            <input type="hidden" name="key" value={key} />
            {problem?.message && <Banner kind="danger">{problem.message}</Banner>}
            {mailboxes.length === 0 ? <p>No mailbox of yours can begin a conversation.</p> : (
              <>
                <Select
                  label={LABELS.channelId}
                  name="channelId"
                  options={mailboxes}
                  value={typed?.channelId}
                />
                <TextField
                  label={LABELS.to}
                  name="to"
                  inputMode="email"
                  autocomplete="off"
                  required
                  defaultValue={typed?.to}
                  error={problem?.fields.to}
                />
                <TextField
                  label={LABELS.subject}
                  name="subject"
                  maxLength={200}
                  defaultValue={typed?.subject}
                  error={problem?.fields.subject}
                />
                <TextArea
                  label={LABELS.text}
                  name="text"
                  rows={10}
                  required
                  defaultValue={typed?.text}
                  error={problem?.fields.text}
                />
                <Field
                  id="files"
                  label={LABELS.attachmentIds}
                  error={problem?.fields.attachmentIds}
                  optional
                >
                  <input class="file-input" id="files" name="files" type="file" multiple />
                </Field>
                <div class="cluster">
                  <Button kind="primary" size="large" type="submit" icon="send">Send</Button>
                  <LinkButton kind="ghost" size="large" href="/inbox/all/open">
                    Back to the inbox
                  </LinkButton>
                </div>
              </>
            )}
            {mailboxes.length === 0 && <a class="link" href="/inbox/all/open">Back to the inbox</a>}
          </form>
        </div>
      </SoloShell>
    </>
  );
});
