import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ApiContact, ApiConversation } from "../../../../core/model/api.ts";
import { Button } from "../../../(_components)/Button.tsx";
import { Card } from "../../../(_components)/Card.tsx";
import { Icon } from "../../../(_components)/Icon.tsx";
import { fail } from "../fail.ts";
import type { Person } from "../recipients.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import { updateContact } from "./update_contact.ts";

/** People on copy whose addresses are looked up; a list of more is a distribution list. */
const MAX_PEOPLE = 5;

/** People on copy: they are contacts once somebody says so, or another address of the one who writes. */
export function OthersHere({ model, conversation, contact }: {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
  readonly contact: ApiContact;
}) {
  const { api } = model.ports;
  const { id, version } = conversation;
  const defaults = model.replies.get(id);
  const people = [...defaults?.to ?? [], ...defaults?.cc ?? []]
    .filter(({ address }) => !contact.emails.includes(address.toLowerCase()))
    .slice(0, MAX_PEOPLE);
  /** By address, whose it is; null: nobody's. */
  const holders = useSignal<ReadonlyMap<string, ApiContact | null>>(new Map());
  const addresses = people.map(({ address }) => address.toLowerCase()).join(" ");
  useEffect(() => {
    if (addresses === "") return;
    for (const address of addresses.split(" ")) {
      void api.findContacts(address, 1).then((answer) => {
        if (answer.ok) know(address, answer.value.items.find(has(address)) ?? null);
      });
    }
  }, [id, version, addresses]);
  function know(address: string, holder: ApiContact | null): void {
    holders.value = new Map(holders.peek()).set(address, holder);
  }
  if (people.length === 0) return null;

  const add = async ({ name, address }: Person) => {
    const answer = await api.createContact({ name, emails: [address] });
    if (!answer.ok) {
      fail(model, "Not added", answer.error);
      return;
    }
    know(address.toLowerCase(), answer.value);
    model.toasts.show({ icon: "user", text: `${name || address} is a contact now` });
  };
  const join = ({ address }: Person) =>
    updateContact(
      model,
      contact,
      { emails: [...contact.emails, address.toLowerCase()] },
      `${address} is ${contact.name || "theirs"}'s too`,
    );
  return (
    <Card title="Also here" count={people.length}>
      {people.map((person) => {
        const { name, address } = person;
        const holder = holders.value.get(address.toLowerCase());
        return (
          <div key={address} class="other-here">
            <div class="side-item">
              <Icon name="user" />
              <span class="truncate" title={address}>
                {holder?.name || name || address}
                <small class="truncate">{address}</small>
              </span>
            </div>
            {holder === null && model.data.canWrite && (
              <div class="other-here-buttons">
                <Button size="small" onClick={() => void add(person)}>Add as contact</Button>
                <Button size="small" kind="ghost" onClick={() => void join(person)}>
                  Same person as {contact.name || "this one"}
                </Button>
              </div>
            )}
          </div>
        );
      })}
    </Card>
  );
}

function has(address: string): (contact: ApiContact) => boolean {
  return ({ emails }) => emails.includes(address);
}
