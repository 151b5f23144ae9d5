/** What the workspace's forms do without script: write, split, assign, close, open again, retry, fetch a file again, lift a hold, trust a sender's images. */
import { HttpError } from "fresh";
import { err, ok, type Result } from "@/core/result.ts";
import type { State } from "../../(_shared)/define.ts";
import { formProblem } from "../../(_shared)/form_problem.ts";
import type { HttpError as FormError } from "../../(_shared)/http_error.ts";
import { formText, readForm } from "../../(_shared)/read_form.ts";
import { userOf, type UserPrincipal } from "../../settings/(_parts)/settings_frame.ts";
import { MAX_FILE_BYTES, type PostInput } from "@/core/mod.ts";
import { formFiles } from "./form_files.ts";
import { parseTyped } from "@/islands/(_client)/workspace/recipients.ts";

export interface FormFailure {
  readonly status: number;
  /** For the agent: what went wrong and what to do. */
  readonly problem: string;
  /** What they had written. */
  readonly text: string;
  /** To whom, as they typed it; null for a form that does not ask. */
  readonly recipients: Readonly<Record<"to" | "cc" | "bcc", string>> | null;
}

/** The page shows one message above the composer; these name what it is about. */
const LABELS = {
  text: "The message",
  attachmentIds: "The files",
  assigneeId: "This person",
  messageId: "This message",
  to: "The recipients",
  cc: "The copies",
  bcc: "The blind copies",
};

/** Carries out a posted form on one conversation. */
export async function postForm(
  state: State,
  conversationId: string,
  request: Request,
): Promise<Result<null, FormFailure>> {
  const form = await readForm(request, MAX_FILE_BYTES + 1024 * 1024);
  const done = form.ok ? await act(state, conversationId, form.value) : form;
  if (done.ok) return ok(null);
  const { status, message, fields } = formProblem(done.error, LABELS);
  return err({
    status,
    problem: done.error.code === "version_conflict"
      ? "Somebody wrote while you did, so nothing was sent. Read what is new, then send again."
      : [message, ...Object.values(fields)].filter((part) => part !== null).join(" "),
    text: form.ok ? formText(form.value, "text") : "",
    recipients: form.ok && form.value.has("to")
      ? {
        to: formText(form.value, "to"),
        cc: formText(form.value, "cc"),
        bcc: formText(form.value, "bcc"),
      }
      : null,
  });
}

async function act(
  { core, ...state }: State,
  conversationId: string,
  form: FormData,
): Promise<Result<unknown, FormError>> {
  const principal = userOf({ core, ...state });
  switch (formText(form, "action")) {
    case "write":
      return await write(core, principal, conversationId, form);
    case "assign":
      return await core.conversations.update(principal, conversationId, {
        assigneeId: formText(form, "assigneeId") || null,
      });
    case "status": {
      const status = formText(form, "status") === "closed" ? "closed" : "open";
      return await core.conversations.update(principal, conversationId, { status });
    }
    case "retry": {
      const message = await core.messages.get(principal, formText(form, "messageId"));
      if (!message.ok) return message;
      // A form of one conversation does nothing to another.
      if (message.value.conversationId !== conversationId) throw new HttpError(404);
      return await core.messages.retry(principal, message.value.id);
    }
    case "retry_file": {
      const message = await core.messages.get(principal, formText(form, "messageId"));
      if (!message.ok) return message;
      const fileId = formText(form, "fileId");
      const isIts = message.value.attachments.some(({ id }) => id === fileId);
      if (message.value.conversationId !== conversationId || !isIts) throw new HttpError(404);
      return await core.messages.retryFile(principal, fileId);
    }
    case "lift": {
      const conversation = await core.conversations.get(principal, conversationId);
      if (!conversation.ok) return conversation;
      return await core.contacts.update(principal, conversation.value.contactId, { badEmails: [] });
    }
    case "split":
      return await split(core, principal, conversationId, form);
    case "images":
      return await chooseImages(core, principal, conversationId, form);
    default:
      return err({ code: "malformed_body", message: "The form does not say what to do." });
  }
}

/** Whether the images of a message's sender are always shown. */
async function chooseImages(
  core: State["core"],
  principal: UserPrincipal,
  conversationId: string,
  form: FormData,
): Promise<Result<unknown, FormError>> {
  const message = await core.messages.get(principal, formText(form, "messageId"));
  if (!message.ok) return message;
  const { author, email } = message.value;
  const address = email?.from?.address.toLowerCase();
  if (
    message.value.conversationId !== conversationId || author.type !== "contact" ||
    author.id === null || address === undefined
  ) throw new HttpError(404);
  const contact = await core.contacts.get(principal, author.id);
  if (!contact.ok) return contact;
  const others = (contact.value.imagesFrom ?? []).filter((one) => one !== address);
  const imagesFrom = formText(form, "always") === "1" ? [...others, address] : others;
  return await core.contacts.update(principal, author.id, { imagesFrom });
}

/** Makes a conversation of a message and all after it; with `always` also of what its sender writes from now on. */
async function split(
  core: State["core"],
  principal: UserPrincipal,
  conversationId: string,
  form: FormData,
): Promise<Result<unknown, FormError>> {
  const messageId = formText(form, "messageId");
  const made = await core.threads.split(principal, conversationId, messageId);
  if (!made.ok || formText(form, "always") !== "1") return made;
  const message = await core.messages.get(principal, messageId);
  const sender = message.ok ? message.value.email?.from?.address : undefined;
  return sender === undefined
    ? made
    : await core.threadRules.add(principal, made.value.channelId, { action: "split", sender });
}

/** More than anybody writes into a field. */
const MAX_RECIPIENTS = 100;

/** What stands in the plain address fields; nothing for a form without them. */
function recipientsOf(
  form: FormData,
): Result<Partial<Pick<PostInput, "to" | "cc" | "bcc">>, FormError> {
  if (!form.has("to")) return ok({});
  const found: Record<"to" | "cc" | "bcc", string[]> = { to: [], cc: [], bcc: [] };
  for (const path of ["to", "cc", "bcc"] as const) {
    const { people, rest } = parseTyped(formText(form, path));
    const wrong = rest !== ""
      ? `have something that is no email address: ${rest}`
      : people.length > MAX_RECIPIENTS
      ? `are over ${MAX_RECIPIENTS}`
      : null;
    if (wrong !== null) return err({ code: "invalid", errors: [{ path, message: wrong }] });
    found[path] = people.map(({ address }) => address);
  }
  const { to, ...copies } = found;
  return to.length === 0
    ? err({ code: "invalid", errors: [{ path: "to", message: "are needed" }] })
    : ok({ to, ...copies });
}

async function write(
  core: State["core"],
  principal: UserPrincipal,
  conversationId: string,
  form: FormData,
): Promise<Result<unknown, FormError>> {
  const kind = formText(form, "kind") === "comment" ? "comment" : "reply";
  const recipients = kind === "reply" ? recipientsOf(form) : ok({});
  if (!recipients.ok) return recipients;
  const files = await formFiles(core, principal, form);
  if (!files.ok) return files;
  const id = formText(form, "id");
  const version = formText(form, "version");
  const posted = await core.messages.post(principal, conversationId, {
    ...(/^[A-Za-z0-9_-]{8,64}$/.test(id) && { id }),
    kind,
    // Browsers send line ends as CRLF.
    text: formText(form, "text").replaceAll("\r\n", "\n").trim(),
    ...recipients.value,
    ...(files.value.length > 0 && { attachmentIds: files.value }),
    ...(kind === "reply" && /^\d{1,9}$/.test(version) && { ifVersion: Number(version) }),
  });
  if (!posted.ok || formText(form, "then") !== "close") return posted;
  return await core.conversations.update(principal, conversationId, { status: "closed" });
}
