import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { ApiConversation } from "../../../core/model/api.ts";
import { Button } from "../../(_components)/Button.tsx";
import { ConversationState } from "../../(_components)/ConversationState.tsx";
import { Dialog } from "../../(_components)/Dialog.tsx";
import { Icon } from "../../(_components)/Icon.tsx";
import { Time } from "../../(_components)/Time.tsx";
import type { ApiThreadRuleInput } from "./api.ts";
import { mergeCandidates } from "./merge_candidates.ts";
import { mergeInto } from "./thread_actions.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

const ASK_AFTER_MS = 150;
/** Contacts whose conversations are looked at for what was typed. */
const CONTACTS = 4;

/** Chooses what the open conversation becomes part of: the contact's own first, others by name, subject or number. */
export function MergeDialog({ model }: { readonly model: WorkspaceModel }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const query = useSignal("");
  const found = useSignal<readonly ApiConversation[]>([]);
  const chosenId = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const isAlways = useSignal(false);
  const conversation = model.current.value;
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLInputElement>("input[type=search]")?.focus();
  }, []);
  useEffect(() => {
    const wanted = query.value.trim();
    if (wanted === "") return;
    let isOver = false;
    const cancel = model.ports.after(ASK_AFTER_MS, async () => {
      const answer = await findConversations(model, wanted);
      if (!isOver) found.value = [...found.peek(), ...answer];
    });
    return () => {
      isOver = true;
      cancel();
    };
  }, [query.value]);

  const close = () => dialog.current?.close();
  const { own, others } = conversation === null ? { own: [], others: [] } : mergeCandidates(
    conversation,
    [
      ...model.currentThread.value?.past ?? [],
      ...model.conversations.rows.value,
      ...found.value,
    ],
    query.value.trim(),
    model.traitsOf(conversation),
  );
  const all = [...own, ...others];
  const chosen = all.find(({ id }) => id === chosenId.value) ?? all[0];
  const sender = model.currentThread.value?.contact?.emails[0];
  // Whose mail it is must be the same, and where it comes in.
  const isOneSender = conversation !== null && chosen !== undefined &&
    chosen.contactId === conversation.contactId && chosen.channelId === conversation.channelId &&
    model.traitsOf(conversation).isMail && conversation.subject !== "";
  const always: ApiThreadRuleInput | null = isOneSender && sender !== undefined
    ? { action: "join", sender, subject: conversation.subject }
    : null;

  const onSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (conversation === null || chosen === undefined || isBusy.value) return;
    isBusy.value = true;
    const isDone = await mergeInto(model, conversation, chosen, isAlways.value ? always : null);
    isBusy.value = false;
    if (isDone) close();
  };
  return (
    <Dialog
      id="merge"
      title={`Merge #${conversation?.number ?? ""} into…`}
      dialogRef={dialog}
      onClose={() => model.isMergeOpen.value = false}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            kind="primary"
            icon="merge"
            type="submit"
            form="merge-form"
            disabled={chosen === undefined || isBusy.value}
          >
            {chosen === undefined ? "Merge" : `Merge into #${chosen.number}`}
          </Button>
        </>
      }
    >
      <form id="merge-form" class="merge" onSubmit={onSubmit}>
        <div class="merge-search">
          <Icon name="search" />
          <input
            type="search"
            placeholder="Name, subject or #number"
            aria-label="Find a conversation"
            autocomplete="off"
            value={query.value}
            onInput={(event) => query.value = event.currentTarget.value}
            onKeyDown={(event) => {
              if (event.key !== "ArrowDown") return;
              event.preventDefault();
              dialog.current?.querySelector<HTMLInputElement>("input[type=radio]:checked")?.focus();
            }}
          />
        </div>
        <Group
          model={model}
          title={conversation?.contactName ?? ""}
          rows={own}
          chosen={chosen}
          onChoose={(id) => chosenId.value = id}
        />
        <Group
          model={model}
          title="Others"
          rows={others}
          chosen={chosen}
          onChoose={(id) => chosenId.value = id}
        />
        {all.length === 0 && (
          <p class="meta">
            {query.value.trim() === ""
              ? "No other conversation of theirs. Type a name, a subject or a number."
              : "Nothing fits that can be merged with this."}
          </p>
        )}
        {always !== null && (
          <label class="merge-always">
            <input
              type="checkbox"
              checked={isAlways.value}
              onChange={(event) => isAlways.value = event.currentTarget.checked}
            />
            <span>
              Always: mail of {always.sender}{" "}
              about “{always.subject}” joins their latest conversation
            </span>
          </label>
        )}
        <p class="meta">
          Its messages move there, and so does whatever is written to it later.
        </p>
      </form>
    </Dialog>
  );
}

function Group({ model, title, rows, chosen, onChoose }: {
  readonly model: WorkspaceModel;
  readonly title: string;
  readonly rows: readonly ApiConversation[];
  readonly chosen: ApiConversation | undefined;
  readonly onChoose: (id: string) => void;
}) {
  if (rows.length === 0) return null;
  return (
    <fieldset class="merge-group">
      <legend class="meta truncate">{title}</legend>
      {rows.map((row) => (
        <label key={row.id} class="merge-row">
          <input
            type="radio"
            name="into"
            value={row.id}
            checked={row.id === chosen?.id}
            onChange={() => onChoose(row.id)}
          />
          <span class="merge-words">
            <span class="truncate">
              <b>{row.subject || row.contactName}</b>
            </span>
            <span class="meta truncate">
              {row.contactName}: {row.preview}
            </span>
          </span>
          <span class="merge-end">
            <span class="meta num">
              #{row.number} · <Time {...model.clock.value} at={Date.parse(row.lastMessageAt)} />
            </span>
            <ConversationState status={row.status} />
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Conversations of people by that name. */
async function findConversations(
  model: WorkspaceModel,
  query: string,
): Promise<readonly ApiConversation[]> {
  const { api } = model.ports;
  const contacts = await api.findContacts(query, CONTACTS);
  if (!contacts.ok) return [];
  const lists = await Promise.all(
    contacts.value.items.map(({ id }) => api.conversationsOfContact(id)),
  );
  return lists.flatMap((list) => list.ok ? list.value.items : []);
}
