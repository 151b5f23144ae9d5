import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ApiConversation, ApiReplyDefaults } from "../../../core/model/api.ts";
import { Button } from "../../(_components)/Button.tsx";
import { ComposerRecipients } from "../../(_components)/ComposerRecipients.tsx";
import { AddressField } from "./AddressField.tsx";
import {
  type AddressLine,
  everybody,
  isOnlySender,
  onlySender,
  type Person,
  type Recipients,
  withoutPerson,
  withPeople,
} from "./recipients.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** People offered for a few letters. */
const OFFERED = 6;
const LABELS: Readonly<Record<AddressLine, string>> = { to: "To", cc: "Cc", bcc: "Bcc" };

/** Whom a letter goes to: everybody on the thread, until its author says otherwise. */
export function ComposerAddresses({ model, conversation }: {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
}) {
  const { id, version } = conversation;
  useEffect(() => void model.replies.load(id, version), [id, version]);
  const defaults = model.replies.get(id);
  if (defaults === null) {
    return (
      <ComposerRecipients label="To">
        <span class="chip">
          <span class="truncate">{conversation.contactName}</span>
        </span>
      </ComposerRecipients>
    );
  }
  return <Lines key={id} model={model} conversationId={id} defaults={defaults} />;
}

function Lines({ model, conversationId, defaults }: {
  readonly model: WorkspaceModel;
  readonly conversationId: string;
  readonly defaults: ApiReplyDefaults;
}) {
  const recipients = model.composers.get(conversationId, "reply").recipients ??
    everybody(defaults);
  const opened = useSignal<ReadonlySet<AddressLine>>(new Set(["to"]));
  const isShown = (line: AddressLine) => opened.value.has(line) || recipients[line].length > 0;
  const set = (next: Recipients | null) => model.composers.address(conversationId, next);
  const suggest = (query: string) => findPeople(model, defaults, query);
  const lines = (["to", "cc", "bcc"] as const).filter(isShown);
  return (
    <>
      {lines.map((line) => (
        <AddressField
          key={line}
          label={LABELS[line]}
          people={recipients[line]}
          onAdd={(people) => set(withPeople(recipients, line, people))}
          onRemove={(person) => set(withoutPerson(recipients, line, person))}
          onUnfinished={(isUnfinished) =>
            model.composers.finishAddress(conversationId, line, !isUnfinished)}
          suggest={suggest}
          takesFocus={line !== "to" && opened.value.has(line)}
          end={line === "to" && (
            <Ends
              recipients={recipients}
              defaults={defaults}
              folded={(["cc", "bcc"] as const).filter((other) => !isShown(other))}
              onChoose={set}
              onOpen={(other) => opened.value = new Set([...opened.peek(), other])}
            />
          )}
        />
      ))}
      <PlainRecipients recipients={recipients} typed={model.data.compose.recipients} />
    </>
  );
}

/** For a browser without script: addresses as text, with commas between them. */
function PlainRecipients({ recipients, typed }: {
  readonly recipients: Recipients;
  /** What a post that failed had in them. */
  readonly typed: Readonly<Record<AddressLine, string>> | null;
}) {
  return (
    <div class="plain-recipients">
      {(["to", "cc", "bcc"] as const).map((line) => (
        <label key={line}>
          {LABELS[line]}
          <input
            name={line}
            defaultValue={typed?.[line] ??
              recipients[line].map(({ address }) => address).join(", ")}
            aria-label={`${LABELS[line]} addresses`}
            autocomplete="off"
            inputMode="email"
          />
        </label>
      ))}
    </div>
  );
}

function Ends({ recipients, defaults, folded, onChoose, onOpen }: {
  readonly recipients: Recipients;
  readonly defaults: ApiReplyDefaults;
  readonly folded: readonly AddressLine[];
  readonly onChoose: (recipients: Recipients | null) => void;
  readonly onOpen: (line: AddressLine) => void;
}) {
  const hasOthers = !isOnlySender(everybody(defaults), defaults);
  const isAlone = isOnlySender(recipients, defaults);
  return (
    <>
      {hasOthers && isAlone && (
        <Button
          kind="link"
          title="Reply to everybody on the thread"
          onClick={() => onChoose(null)}
        >
          Reply to all
        </Button>
      )}
      {hasOthers && !isAlone && defaults.sender.length > 0 && (
        <Button
          kind="link"
          title="Reply to whoever wrote last, and to nobody else"
          onClick={() => onChoose(onlySender(defaults))}
        >
          Sender only
        </Button>
      )}
      {folded.map((line) => (
        <Button key={line} kind="link" onClick={() => onOpen(line)}>{LABELS[line]}</Button>
      ))}
    </>
  );
}

/** First people of the thread, then contacts. */
async function findPeople(
  model: WorkspaceModel,
  { to, cc, sender }: ApiReplyDefaults,
  query: string,
): Promise<readonly Person[]> {
  const wanted = query.toLowerCase();
  const known = [...sender, ...to, ...cc].filter(({ name, address }) =>
    name.toLowerCase().startsWith(wanted) || address.toLowerCase().startsWith(wanted)
  );
  const answer = await model.ports.api.findContacts(query, OFFERED);
  const contacts = answer.ok
    ? answer.value.items.flatMap(({ name, emails }) =>
      emails.slice(0, 1).map((address) => ({ name, address }))
    )
    : [];
  const distinct = new Map([...contacts, ...known].map((one) => [one.address.toLowerCase(), one]));
  return [...distinct.values()].slice(0, OFFERED);
}
