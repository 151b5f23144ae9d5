import type { ApiContact } from "@/core/model/api.ts";
import { Avatar } from "../../(_components)/Avatar.tsx";
import { formatSearch } from "./search_model.ts";

/** A contact; leads to all conversations with them. */
export function FoundContact({ contact, id, isCurrent }: {
  readonly contact: ApiContact;
  readonly id: string;
  readonly isCurrent: boolean;
}) {
  const { name, emails, phones } = contact;
  const [first = ""] = [...emails, ...phones];
  return (
    <div class="row" aria-current={isCurrent ? "true" : undefined}>
      <Avatar id={contact.id} name={name || first} size={32} />
      <div class="row-line">
        <a id={id} class="row-name truncate" href={hrefOfContact(contact)}>{name || first}</a>
      </div>
      <div class="row-line">
        <span class="row-subject truncate">{emails.join(", ")}</span>
      </div>
      <div class="row-line">
        <span class="row-text truncate">{phones.join(", ")}</span>
      </div>
    </div>
  );
}

export function hrefOfContact({ name, emails, phones }: ApiContact): string {
  const [first = name] = [...emails, ...phones];
  return formatSearch({ q: `contact:"${first.replaceAll('"', "")}"`, tab: "conversations" });
}
