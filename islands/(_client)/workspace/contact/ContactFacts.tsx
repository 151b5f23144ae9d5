import type { ApiContact } from "../../../../core/model/api.ts";
import { Avatar } from "../../../(_components)/Avatar.tsx";
import { Icon } from "../../../(_components)/Icon.tsx";
import { Person } from "../../../(_components)/Person.tsx";
import { languageName } from "./language_name.ts";
import { sinceWords } from "./since_words.ts";
import { EditableFact } from "./EditableFact.tsx";
import { type ContactChange, updateContact } from "./update_contact.ts";
import type { WorkspaceModel } from "../workspace_model.ts";

/** Suggested where nothing was said; any other can be typed. */
const LANGUAGES = ["nl", "en", "fr", "de", "it", "es", "pt", "pl", "tr", "ar", "uk", "zh"];

/** Who somebody is, each line edited in its place. */
export function ContactFacts({ model, contact }: {
  readonly model: WorkspaceModel;
  readonly contact: ApiContact;
}) {
  const { id, name, emails, phones, company = "", ownerId = "", locale = "", timeZone = "" } =
    contact;
  const save = (change: ContactChange, words: string) =>
    void updateContact(model, contact, change, words);
  const lines = (kind: "email" | "phone", values: readonly string[]) => {
    const label = kind === "email" ? "Email" : "Phone";
    const put = (all: readonly string[], words: string) =>
      save(kind === "email" ? { emails: [...all] } : { phones: [...all] }, words);
    return [...values, ""].map((value, at) => {
      const isNew = at === values.length;
      // One empty line asks for the first; further ones are added by the command of the line before.
      if (isNew && at > 0 && model.contactField.value !== `${kind}:new`) return null;
      return (
        <EditableFact
          key={isNew ? "new" : value}
          {...{ model, label, value }}
          id={`${kind}:${isNew ? "new" : value}`}
          nothing={`Add ${kind === "email" ? "an address" : "a number"}`}
          inputType={kind === "email" ? "email" : "tel"}
          maxLength={kind === "email" ? 254 : 40}
          end={isNew ? undefined : (
            <>
              <AddressMarks contact={contact} kind={kind} value={value} />
              {at === values.length - 1 && (
                <button
                  type="button"
                  class="fact-add"
                  aria-label={`Another ${kind === "email" ? "address" : "number"}`}
                  title={`Another ${kind === "email" ? "address" : "number"}`}
                  onClick={() => model.contactField.value = `${kind}:new`}
                >
                  <Icon name="plus" size={14} />
                </button>
              )}
            </>
          )}
          onSave={(written) => {
            const others = values.filter((one) => one !== value);
            if (isNew) return put([...values, written], `${label} added`);
            if (written === "") return put(others, `${label} removed`);
            return put(values.map((one) => one === value ? written : one), `${label} changed`);
          }}
        />
      );
    });
  };
  const owner = model.data.people.find((one) => one.id === ownerId);
  return (
    <>
      <Person id={id} name={name || emails[0] || "Visitor"} lead={sinceWords(contact.createdAt)} />
      <section class="card">
        <dl class="props contact-facts">
          <EditableFact
            {...{ model, id: "name", label: "Name", value: name, maxLength: 200 }}
            nothing="Add a name"
            onSave={(written) => written !== "" && save({ name: written }, "Name changed")}
          />
          {lines("email", emails)}
          {lines("phone", phones)}
          <EditableFact
            {...{ model, id: "company", label: "Company", value: company, maxLength: 200 }}
            nothing="Add a company"
            onSave={(written) => save({ company: written || null }, "Company changed")}
          />
          <EditableFact
            {...{ model, id: "locale", label: "Language", value: locale, maxLength: 35 }}
            shown={languageName(locale)}
            nothing="Not known"
            options={[
              { value: "", label: "Not known" },
              ...[...new Set([...LANGUAGES, ...locale === "" ? [] : [locale]])].map((value) => ({
                value,
                label: languageName(value),
              })),
            ]}
            onSave={(written) => save({ locale: written || null }, "Language changed")}
          />
          {timeZone !== "" && (
            <EditableFact
              {...{ model, id: "timeZone", label: "Time zone", value: timeZone, maxLength: 60 }}
              nothing="Not known"
              onSave={(written) => save({ timeZone: written || null }, "Time zone changed")}
            />
          )}
          <EditableFact
            {...{ model, id: "owner", label: "Owner", value: ownerId, maxLength: 100 }}
            shown={owner?.name ?? "Somebody who is gone"}
            start={owner && (
              <Avatar
                id={owner.id}
                name={owner.name}
                of="team"
                size={16}
                pictureUrl={owner.avatarUrl}
              />
            )}
            nothing="Nobody"
            options={[
              { value: "", label: "Nobody" },
              ...model.data.people.filter((one) => one.active || one.id === ownerId)
                .map((one) => ({ value: one.id, label: one.name })),
            ]}
            onSave={(written) => save({ ownerId: written || null }, "Owner changed")}
          />
          <dt>Messages</dt>
          <dd>
            <button
              type="button"
              class="fact-button"
              data-blocked={contact.blocked ? "" : undefined}
              aria-pressed={contact.blocked ? "true" : "false"}
              title={contact.blocked ? "Unblock" : "Block"}
              onClick={() =>
                save(
                  { blocked: !contact.blocked },
                  contact.blocked ? "No longer blocked" : "Blocked",
                )}
            >
              {contact.blocked && <Icon name="spam" size={14} />}
              <span class="truncate">{contact.blocked ? "Blocked" : "Welcome"}</span>
            </button>
          </dd>
        </dl>
      </section>
    </>
  );
}

/** Whether an address was proven, and whether mail comes back from it. */
function AddressMarks({ contact, kind, value }: {
  readonly contact: ApiContact;
  readonly kind: string;
  readonly value: string;
}) {
  const bad = contact.badEmails?.find((one) => kind === "email" && one.address === value);
  const isProven = contact.identities.some((one) =>
    one.kind === kind && one.value === value && one.verified
  );
  if (bad !== undefined) {
    return (
      <span class="fact-mark" data-kind="bad" title={`Mail comes back: ${bad.reason}`}>
        <Icon name="warning" size={14} />
        <span class="sr">Mail comes back: {bad.reason}</span>
      </span>
    );
  }
  return isProven
    ? (
      <span class="fact-mark" title="Proven: it is theirs">
        <Icon name="check" size={14} />
        <span class="sr">Proven</span>
      </span>
    )
    : null;
}
