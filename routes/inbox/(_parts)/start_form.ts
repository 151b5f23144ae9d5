/** A conversation that is begun without script: one plain form. */
import { beginningOf, MAX_FILE_BYTES } from "@/core/mod.ts";
import { err, ok, type Result } from "@/core/result.ts";
import { parseTyped } from "@/islands/(_client)/workspace/recipients.ts";
import { userOf } from "../../settings/(_parts)/settings_frame.ts";
import type { State } from "../../(_shared)/define.ts";
import { type FormProblem, formProblem } from "../../(_shared)/form_problem.ts";
import type { HttpError } from "../../(_shared)/http_error.ts";
import { formText, readForm } from "../../(_shared)/read_form.ts";
import { formFiles } from "./form_files.ts";

export const START_LABELS = {
  channelId: "From",
  to: "To",
  subject: "Subject",
  text: "Message",
  attachmentIds: "Files",
} as const;
const FIELDS = ["channelId", "to", "subject", "text"] as const;

/** What the page shows. */
export interface StartPage {
  readonly mailboxes: readonly { readonly value: string; readonly label: string }[];
  /** As it was typed; null at first. */
  readonly typed: Readonly<Record<typeof FIELDS[number], string>> | null;
  readonly problem: FormProblem | null;
  /** The same in the form that is sent twice: it begins one conversation. */
  readonly key: string;
}

/** The page before anything was sent, or after it was refused. */
export async function startPage(
  state: State,
  failed: Pick<StartPage, "typed" | "problem"> = { typed: null, problem: null },
): Promise<StartPage> {
  return {
    mailboxes: await mailboxesOf(state),
    ...failed,
    key: state.core.ports.random.bytes(16).toHex(),
  };
}

/** Begins a conversation with what was posted; its id. */
export async function startForm(
  state: State,
  request: Request,
): Promise<Result<string, Pick<StartPage, "typed" | "problem"> & { readonly status: number }>> {
  const form = await readForm(request, MAX_FILE_BYTES + 1024 * 1024);
  const started = form.ok ? await start(state, form.value) : form;
  if (started.ok) return started;
  const problem = formProblem(started.error, START_LABELS);
  return err({ typed: form.ok ? typedOf(form.value) : null, problem, status: problem.status });
}

async function start(state: State, form: FormData): Promise<Result<string, HttpError>> {
  const { core } = state;
  const principal = userOf(state);
  const { to, ...typed } = typedOf(form);
  const { people, rest } = parseTyped(to);
  if (people.length === 0 || rest !== "") {
    const message = rest === "" ? "names nobody" : `has "${rest}", which is no address`;
    return err({ code: "invalid", errors: [{ path: "to", message }] });
  }
  const files = await formFiles(core, principal, form);
  if (!files.ok) return files;
  const started = await core.messages.start(principal, {
    ...typed,
    to: people.map(({ address }) => address),
    ...files.value.length > 0 && { attachmentIds: files.value },
  }, onceOf(principal.user.id, form));
  return started.ok ? ok(started.value.conversation.id) : started;
}

/** A form that is sent twice begins one conversation, whatever the second holds: its page has gone. */
function onceOf(userId: string, form: FormData) {
  const key = formText(form, "key");
  return /^[0-9a-f]{32}$/.test(key)
    ? { idempotency: { scope: `${userId} /inbox/new`, key, bodyHash: "" } }
    : {};
}

/** What letters can be begun by, with the reader's rights. */
async function mailboxesOf(state: State): Promise<StartPage["mailboxes"]> {
  const { channels } = state.core;
  const listed = await channels.list(userOf(state));
  const types = channels.types();
  return (listed.ok ? listed.value : []).filter(({ type, status, capabilities }) => {
    const kind = types.find((one) => one.type === type);
    return kind !== undefined && capabilities !== null &&
      beginningOf({ status, capabilities, hasForm: kind.hasForm }) === "letter";
  }).map(({ id, name }) => ({ value: id, label: name }));
}

function typedOf(form: FormData): NonNullable<StartPage["typed"]> {
  const [channelId = "", to = "", subject = "", text = ""] = FIELDS.map((field) =>
    // Browsers send line ends as CRLF.
    formText(form, field).replaceAll("\r\n", "\n").trim()
  );
  return { channelId, to, subject, text };
}
