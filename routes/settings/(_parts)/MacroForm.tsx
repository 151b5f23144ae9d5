import { Choice } from "@/islands/(_components)/Choice.tsx";
import { type Option, Select } from "@/islands/(_components)/Select.tsx";
import { TextArea } from "@/islands/(_components)/TextArea.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import { FolderField } from "./FolderField.tsx";
import { MACRO_LABELS, type MacroValues, UNITS } from "./macro_form.ts";

export interface MacroFormProps {
  readonly action: string;
  readonly values: MacroValues;
  readonly folders: readonly string[];
  readonly sharings: readonly Option[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly teams: readonly { readonly id: string; readonly name: string }[];
  readonly inboxes: readonly { readonly id: string; readonly name: string }[];
  /** By field. */
  readonly errors: Readonly<Record<string, string>>;
}

const LEAVE = { value: "", label: "Leave as it is" };

/** A new macro, or one that is changed: its words, and what happens to the conversation. */
export function MacroForm(props: MacroFormProps) {
  const { action, values, folders, sharings, people, teams, inboxes, errors } = props;
  const field = (name: keyof typeof MACRO_LABELS) => ({
    name,
    label: MACRO_LABELS[name],
    error: errors[name],
  });
  return (
    <form class="form" id="macro" method="post" action={action}>
      <TextField {...field("name")} required maxLength={100} value={values.name} />
      <FolderField value={values.folder} folders={folders} error={errors.folder} />
      <Select {...field("sharing")} options={sharings} value={values.sharing} />
      <Select
        {...field("when")}
        options={[
          { value: "any", label: "Always" },
          { value: "reply", label: "While replying" },
          { value: "comment", label: "While commenting" },
          { value: "start", label: "While starting a conversation" },
        ]}
        value={values.when}
      />
      <TextArea
        {...field("text")}
        optional
        rows={6}
        maxLength={8_000}
        value={values.text}
        error={errors.text ?? errors.actions}
      />
      <Choice
        kind="checkbox"
        name="sends"
        value="1"
        checked={values.sends}
        hint="Otherwise they are put where you write."
      >
        {MACRO_LABELS.sends}
      </Choice>
      <TextField
        {...field("tagsAdd")}
        optional
        hint="Separated by commas."
        maxLength={1_500}
        value={values.tagsAdd}
      />
      <TextField {...field("tagsRemove")} optional maxLength={1_500} value={values.tagsRemove} />
      <Select
        {...field("priority")}
        options={[
          LEAVE,
          { value: "none", label: "None" },
          { value: "low", label: "Low" },
          { value: "medium", label: "Medium" },
          { value: "high", label: "High" },
          { value: "urgent", label: "Urgent" },
        ]}
        value={values.priority}
      />
      <Select
        {...field("assign")}
        options={[
          LEAVE,
          { value: "me", label: "Whoever runs it" },
          { value: "nobody", label: "Nobody" },
          ...people.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={values.assign}
      />
      {teams.length > 0 && (
        <Select
          {...field("team")}
          options={[
            LEAVE,
            { value: "none", label: "No team" },
            ...teams.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={values.team}
        />
      )}
      <Select
        {...field("move")}
        options={[LEAVE, ...inboxes.map(({ id, name }) => ({ value: id, label: name }))]}
        value={values.move}
      />
      <TextArea {...field("comment")} optional rows={2} maxLength={2_000} value={values.comment} />
      <Select
        {...field("status")}
        options={[
          LEAVE,
          { value: "open", label: "Open" },
          { value: "closed", label: "Close" },
          { value: "snoozed", label: "Snooze, for as long as below" },
          { value: "spam", label: "Mark as spam" },
          { value: "trash", label: "Move to trash" },
        ]}
        value={values.status}
      />
      <div class="form-row">
        <TextField {...field("snoozeCount")} type="number" min={1} value={values.snoozeCount} />
        <Select
          name="snoozeUnit"
          label="Unit"
          options={Object.keys(UNITS).map((unit) => ({ value: unit, label: unit }))}
          value={values.snoozeUnit}
        />
      </div>
    </form>
  );
}
