import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { ApiMessage } from "../../../../core/model/api.ts";
import { Button } from "../../../(_components)/Button.tsx";
import { Dialog } from "../../../(_components)/Dialog.tsx";
import { AddressField } from "../AddressField.tsx";
import { failureWords } from "../send_message.ts";
import { withoutPerson, withPeople } from "../recipients.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import { findPeople } from "./find_people.ts";
import { type ForwardDraft, wordsInput } from "./letter_draft.ts";
import { LetterText } from "./LetterText.tsx";
import { offerTakeBack } from "./offer_take_back.ts";
import { useTryKey } from "./use_try_key.ts";

/** Tells somebody outside about a conversation, or answers them. Its customer sees nothing of it. */
export function ForwardDialog({ model, draft }: {
  readonly model: WorkspaceModel;
  readonly draft: ForwardDraft;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { conversationId, message } = draft;
  const isAnswer = message?.aside !== undefined;
  const to = useSignal(draft.to);
  const words = useSignal(draft.words);
  const isWhole = useSignal(message === null);
  const withFiles = useSignal(true);
  const isUnfinished = useSignal(false);
  const isBusy = useSignal(false);
  const keyOf = useTryKey(() => model.ports.newId());
  const problem = useSignal<string | null>(null);
  useEffect(() => {
    dialog.current?.showModal();
    const first = isAnswer ? ".rich-text" : ".address-input";
    dialog.current?.querySelector<HTMLElement>(first)?.focus();
  }, []);
  const isReady = to.value.length > 0 && !isUnfinished.value && !isBusy.value &&
    (!isAnswer || words.value.text.trim() !== "" || words.value.html !== null);
  const lines = { to: to.value, cc: [], bcc: [] };

  const submit = async () => {
    if (!isReady) return;
    isBusy.value = true;
    problem.value = null;
    const input = {
      to: to.value.map(({ address }) => address),
      ...wordsInput(words.value),
      ...(message !== null && !isWhole.value ? { messageId: message.id } : {}),
      ...(isAnswer ? {} : { withFiles: withFiles.value }),
    };
    const sent = await model.ports.api.forward(conversationId, input, keyOf(input));
    isBusy.value = false;
    if (!sent.ok) {
      problem.value = sent.error.code === "offline"
        ? "No connection. Try again: it is sent once"
        : failureWords(sent.error);
      return;
    }
    model.threads.take(sent.value);
    model.jumpToLatest.value++;
    const written = { ...draft, to: to.value, words: words.value };
    dialog.current?.close();
    offerTakeBack(model, sent.value, () => model.forwarding.value = written);
  };
  return (
    <Dialog
      id="forward"
      title={isAnswer ? "Answer outside" : "Forward outside"}
      size="wide"
      dialogRef={dialog}
      onClose={() => model.forwarding.value = null}
      footer={
        <>
          <Button onClick={() => dialog.current?.close()}>Cancel</Button>
          <Button
            kind="primary"
            icon={isAnswer ? "send" : "forward"}
            type="submit"
            form="forward-form"
            disabled={!isReady}
          >
            {isAnswer ? "Send" : "Forward"}
          </Button>
        </>
      }
    >
      <form
        id="forward-form"
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
        <p class="letter-note">
          The customer sees neither this nor the answers, which come into this conversation.
        </p>
        <AddressField
          label="To"
          people={to.value}
          onAdd={(people) => to.value = withPeople(lines, "to", people).to}
          onRemove={(person) => to.value = withoutPerson(lines, "to", person).to}
          onUnfinished={(unfinished) => isUnfinished.value = unfinished}
          suggest={(query) => findPeople(model, query)}
          takesFocus={!isAnswer}
        />
        <LetterText
          model={model}
          label="Your words"
          placeholder={isAnswer ? "Answer" : "What you want to say or ask (optional)"}
          words={words.value}
          onWrite={(written) => words.value = written}
          onFiles={() => {}}
        />
        {!isAnswer && (
          <fieldset class="letter-choice">
            <legend class="sr">What is passed on</legend>
            {message !== null && (
              <Choice
                isChosen={!isWhole.value}
                onChoose={() => isWhole.value = false}
              >
                {whatOf(message)}
              </Choice>
            )}
            <Choice isChosen={isWhole.value} onChoose={() => isWhole.value = true}>
              The whole conversation, without comments
            </Choice>
            <label>
              <input
                type="checkbox"
                checked={withFiles.value}
                onChange={(event) => withFiles.value = event.currentTarget.checked}
              />
              Files go along
            </label>
          </fieldset>
        )}
        {problem.value !== null && <p class="danger" role="alert">{problem.value}</p>}
      </form>
    </Dialog>
  );
}

function Choice({ isChosen, onChoose, children }: {
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly children: string;
}) {
  return (
    <label>
      <input type="radio" name="what" checked={isChosen} onChange={onChoose} />
      {children}
    </label>
  );
}

function whatOf({ author, text }: ApiMessage): string {
  const first = text.replace(/\s+/g, " ").trim();
  const words = first.length > 60 ? `${first.slice(0, 60).trimEnd()}…` : first;
  return words === "" ? `The message of ${author.name}` : `${author.name}: “${words}”`;
}
