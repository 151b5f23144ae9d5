import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../../(_components)/Button.tsx";
import { Dialog } from "../../../(_components)/Dialog.tsx";
import { Select } from "../../../(_components)/Select.tsx";
import { TextField } from "../../../(_components)/TextField.tsx";
import { openConversation } from "../actions.ts";
import { AddressField } from "../AddressField.tsx";
import { ComposerFiles } from "../ComposerFiles.tsx";
import { FileButton } from "../FileButton.tsx";
import { type AddressLine, withoutPerson, withPeople } from "../recipients.ts";
import { failureWords } from "../send_message.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import { ContactField } from "./ContactField.tsx";
import { findPeople } from "./find_people.ts";
import { EMPTY_START, type StartDraft, wordsInput } from "./letter_draft.ts";
import { LetterText } from "./LetterText.tsx";
import { offerTakeBack } from "./offer_take_back.ts";
import { SendAtField } from "./SendAtField.tsx";
import { useTryKey } from "./use_try_key.ts";

/** Under which the composers keep the files of a conversation that is not there yet. */
const PLACE = "start";
const LABELS = { to: "To", cc: "Cc", bcc: "Bcc" } as const;

/** Writes to somebody first: by mail to any address, elsewhere to who has written there. */
export function StartDialog({ model, draft }: {
  readonly model: WorkspaceModel;
  readonly draft: StartDraft;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const channels = model.data.channels.filter(({ beginning }) => beginning !== "never")
    .toSorted((a, b) => Number(a.beginning === "known") - Number(b.beginning === "known"));
  const written = useSignal(draft);
  const unfinished = useSignal<ReadonlySet<AddressLine>>(new Set());
  const opened = useSignal<ReadonlySet<AddressLine>>(new Set(["to"]));
  const sendAt = useSignal<number | null | "unclear">(null);
  const isBusy = useSignal(false);
  const keyOf = useTryKey(() => model.ports.newId());
  const problem = useSignal<string | null>(null);
  useEffect(() => {
    // What was taken back has its files again; anything else begins without those of the one before.
    if (draft === EMPTY_START) dropFiles();
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>(".address-input")?.focus();
  }, []);
  const { channelId, recipients, contactId, subject, words } = written.value;
  const channel = channels.find(({ id }) => id === channelId) ?? channels[0];
  const isLetter = channel?.beginning === "letter";
  const files = model.composers.get(PLACE, "reply").files;
  const set = (change: Partial<StartDraft>) => written.value = { ...written.peek(), ...change };
  const addFiles = (added: readonly File[]) => void model.composers.addFiles(PLACE, "reply", added);
  const dropFiles = () =>
    model.composers.get(PLACE, "reply").files.forEach(({ key }) =>
      model.composers.removeFile(PLACE, "reply", key)
    );
  const isReady = channel !== undefined && !isBusy.value && sendAt.value !== "unclear" &&
    (isLetter
      ? recipients.to.length > 0 && subject.trim() !== "" && unfinished.value.size === 0
      : contactId !== null) &&
    (words.text.trim() !== "" || words.html !== null || files.length > 0) &&
    files.every(({ attachment }) => attachment !== null);

  const submit = async () => {
    if (!isReady || channel === undefined) return;
    isBusy.value = true;
    problem.value = null;
    const attachmentIds = files.flatMap(({ attachment }) => attachment?.id ?? []);
    const addresses = (line: AddressLine) => recipients[line].map(({ address }) => address);
    const input = {
      channelId: channel.id,
      ...(isLetter
        ? {
          to: addresses("to"),
          ...(recipients.cc.length > 0 && { cc: addresses("cc") }),
          ...(recipients.bcc.length > 0 && { bcc: addresses("bcc") }),
          subject: subject.trim(),
        }
        : contactId !== null
        ? { contactId }
        : {}),
      ...wordsInput(words),
      ...(attachmentIds.length > 0 && { attachmentIds }),
      ...(typeof sendAt.value === "number" && { sendAt: new Date(sendAt.value).toISOString() }),
    };
    const started = await model.ports.api.startConversation(input, keyOf(input));
    isBusy.value = false;
    if (!started.ok) {
      problem.value = started.error.code === "offline"
        ? "No connection. Try again: it is sent once"
        : failureWords(started.error);
      return;
    }
    const kept = { ...written.value, channelId: channel.id };
    dialog.current?.close();
    model.conversations.take(started.value);
    const { id } = started.value;
    await openConversation(model, id);
    const last = model.threads.get(id)?.thread.messages.findLast(({ kind }) => kind === "reply");
    if (last === undefined) return;
    offerTakeBack(model, last, () => model.starting.value = kept);
  };
  return (
    <Dialog
      id="start"
      title="New conversation"
      size="wide"
      dialogRef={dialog}
      onClose={() => model.starting.value = null}
      footer={
        <>
          <FileButton types={null} onFiles={addFiles} />
          <SendAtField model={model} onChange={(at) => sendAt.value = at} />
          <span class="spacer" />
          <Button
            kind="primary"
            icon={sendAt.value === null ? "send" : "clock"}
            type="submit"
            form="start-form"
            disabled={!isReady}
          >
            {sendAt.value === null ? "Send" : "Send later"}
          </Button>
        </>
      }
    >
      {channel === undefined ? <p>No channel of yours can begin a conversation.</p> : (
        <form
          id="start-form"
          class="letter"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
          onKeyDown={(event) => {
            if (event.defaultPrevented || event.key !== "Enter") return;
            if (!event.ctrlKey && !event.metaKey) return;
            event.preventDefault();
            void submit();
          }}
        >
          <Select
            label="From"
            name="channelId"
            value={channel.id}
            options={channels.map(({ id, name, inboxId }) => ({
              value: id,
              label: inboxName(model, inboxId) === name
                ? name
                : `${name} · ${inboxName(model, inboxId)}`,
            }))}
            onChange={(event) => set({ channelId: event.currentTarget.value })}
          />
          {isLetter
            ? (
              <>
                {(["to", "cc", "bcc"] as const).filter((line) =>
                  opened.value.has(line) || recipients[line].length > 0
                ).map((line) => (
                  <AddressField
                    key={line}
                    label={LABELS[line]}
                    people={recipients[line]}
                    onAdd={(people) => set({ recipients: withPeople(recipients, line, people) })}
                    onRemove={(person) =>
                      set({ recipients: withoutPerson(recipients, line, person) })}
                    onUnfinished={(isUnfinished) => {
                      const next = new Set(unfinished.peek());
                      if (isUnfinished) next.add(line);
                      else next.delete(line);
                      unfinished.value = next;
                    }}
                    suggest={(query) => findPeople(model, query)}
                    takesFocus={line !== "to"}
                    end={line === "to" &&
                      (["cc", "bcc"] as const).filter((other) =>
                        !opened.value.has(other) && recipients[other].length === 0
                      ).map((other) => (
                        <Button
                          key={other}
                          kind="link"
                          onClick={() => opened.value = new Set([...opened.peek(), other])}
                        >
                          {LABELS[other]}
                        </Button>
                      ))}
                  />
                ))}
                <TextField
                  label="Subject"
                  name="subject"
                  value={subject}
                  maxLength={200}
                  onInput={(event) => set({ subject: event.currentTarget.value })}
                />
              </>
            )
            : (
              <ContactField
                model={model}
                channelName={channel.name}
                chosenId={contactId}
                onChoose={(id) => set({ contactId: id })}
              />
            )}
          <LetterText
            model={model}
            label="Message"
            placeholder="Write your message"
            words={words}
            onWrite={(next) => set({ words: next })}
            onFiles={addFiles}
          />
          {files.length > 0 && (
            <div class="files">
              <ComposerFiles model={model} conversationId={PLACE} kind="reply" files={files} />
            </div>
          )}
          {problem.value !== null && <p class="danger" role="alert">{problem.value}</p>}
        </form>
      )}
    </Dialog>
  );
}

function inboxName({ data }: WorkspaceModel, inboxId: string): string {
  return data.inboxes.find(({ id }) => id === inboxId)?.name ?? "";
}
