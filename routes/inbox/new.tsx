/** A conversation is begun without script: one plain form. With script a dialog over the inbox does it. */
import { page } from "fresh";
import { Head } from "fresh/runtime";
import { beginningOf, type StartInput } from "@/core/mod.ts";
import { err, ok, type Result } from "@/core/result.ts";
import { Banner } from "@/islands/(_components)/Banner.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { Card } from "@/islands/(_components)/Card.tsx";
import { Select } from "@/islands/(_components)/Select.tsx";
import { SoloShell } from "@/islands/(_components)/SoloShell.tsx";
import { TextArea } from "@/islands/(_components)/TextArea.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import { parseTyped } from "@/islands/(_client)/workspace/recipients.ts";
import { userOf } from "../settings/(_parts)/settings_frame.ts";
import { define, type State } from "../(_shared)/define.ts";
import { formProblem } from "../(_shared)/form_problem.ts";
import type { HttpError } from "../(_shared)/http_error.ts";
import { formText, readForm } from "../(_shared)/read_form.ts";

const MAX_BYTES = 512 * 1024;
const LABELS = { channelId: "From", to: "To", subject: "Subject", text: "Message" } as const;
const FIELDS = ["channelId", "to", "subject", "text"] as const;
type Typed = Readonly<Record<typeof FIELDS[number], string>>;

export const handler = define.handlers({
  async GET(ctx) {
    return page({ mailboxes: await mailboxesOf(ctx.state), typed: null, problem: null });
  },

  async POST(ctx) {
    const { state } = ctx;
    const form = await readForm(ctx.req, MAX_BYTES);
    const typed = form.ok ? typedOf(form.value) : null;
    const input = typed === null ? null : inputOf(typed);
    const started = !form.ok
      ? form
      : input === null || !input.ok
      ? input ?? err({ code: "invalid" as const, errors: [] })
      : await state.core.messages.start(userOf(state), input.value);
    if (started.ok) {
      return ctx.redirect(`/inbox/all/open/${started.value.conversation.id}`, 303);
    }
    const problem = formProblem(started.error, LABELS);
    const mailboxes = await mailboxesOf(state);
    return page({ mailboxes, typed, problem }, { status: problem.status });
  },
});

/** What letters can be begun by, with the reader's rights. */
async function mailboxesOf(state: State) {
  const { channels } = state.core;
  const [listed, types] = [await channels.list(userOf(state)), channels.types()];
  return (listed.ok ? listed.value : []).filter(({ type, status, capabilities }) => {
    const kind = types.find((one) => one.type === type);
    return kind !== undefined && capabilities !== null &&
      beginningOf({ status, capabilities, hasForm: kind.hasForm }) === "letter";
  }).map(({ id, name }) => ({ value: id, label: name }));
}

function typedOf(form: FormData): Typed {
  const [channelId = "", to = "", subject = "", text = ""] = FIELDS.map((field) =>
    // Browsers send line ends as CRLF.
    formText(form, field).replaceAll("\r\n", "\n").trim()
  );
  return { channelId, to, subject, text };
}

function inputOf({ channelId, to, subject, text }: Typed): Result<StartInput, HttpError> {
  const { people, rest } = parseTyped(to);
  const wrong = people.length === 0 ? "names nobody" : `has "${rest}", which is no address`;
  return people.length === 0 || rest !== ""
    ? err({ code: "invalid", errors: [{ path: "to", message: wrong }] })
    : ok({ channelId, to: people.map(({ address }) => address), subject, text });
}

export default define.page<typeof handler>(function NewConversationPage({ data }) {
  const { mailboxes, typed, problem } = data;
  return (
    <>
      <Head>
        <title>New conversation · Parley</title>
      </Head>
      <SoloShell top>
        <Card title="New conversation">
          <form class="stack" method="post">
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
                <Button kind="primary" type="submit" icon="send">Send</Button>
              </>
            )}
            <a class="link" href="/inbox/all/open">Back to the inbox</a>
          </form>
        </Card>
      </SoloShell>
    </>
  );
});
