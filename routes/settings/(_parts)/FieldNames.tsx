import { FIELD_NAMES } from "@/core/model/fill_fields.ts";

const MEANINGS: Readonly<Record<typeof FIELD_NAMES[number], string>> = {
  "contact.name": "the customer's name",
  "contact.firstName": "its first word",
  "contact.email": "their first email address",
  "contact.phone": "their first phone number",
  "agent.name": "your name",
  "agent.firstName": "your first name",
  "agent.email": "your email address",
  "agent.meetingLink": "your meeting link",
  "inbox.name": "the inbox",
  "conversation.number": "the conversation's number",
  "conversation.subject": "its subject",
  "workspace.name": "the workspace",
};

/** What can stand in the words of a snippet or a macro. */
export function FieldNames() {
  return (
    <aside class="stack aside" aria-label="Fields">
      <h2>Fields</h2>
      <p class="meta">
        Filled in when it is used. Words behind a bar stand in where nothing is known:{" "}
        <code>{"{{contact.firstName|there}}"}</code>
      </p>
      <dl class="field-names">
        {FIELD_NAMES.map((name) => (
          <div key={name}>
            <dt>
              <code>{`{{${name}}}`}</code>
            </dt>
            <dd>{MEANINGS[name]}</dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}
