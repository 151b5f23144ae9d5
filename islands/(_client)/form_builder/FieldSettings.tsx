import type { ComponentChildren } from "preact";
import { Choice } from "@/islands/(_components)/Choice.tsx";
import { Icon } from "@/islands/(_components)/Icon.tsx";
import { IconButton } from "@/islands/(_components)/IconButton.tsx";
import type { IconName } from "@/islands/(_components)/icon_names.ts";
import { Select } from "@/islands/(_components)/Select.tsx";
import { TextArea } from "@/islands/(_components)/TextArea.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import { BUILDER } from "./builder_form.ts";
import type { DraftProblem } from "./check_draft.ts";
import type { Edit } from "./edit_draft.ts";
import { FieldTools } from "./FieldTools.tsx";
import { kindOf } from "./field_kinds.ts";
import type { DraftField, FormDraft } from "@/core/model/form_draft.ts";
import { SETTINGS } from "./form_draft.ts";
import { stepValue } from "./post_draft.ts";

export interface BuilderSettingsProps {
  readonly draft: FormDraft;
  readonly channelName: string;
  readonly problems: readonly DraftProblem[];
  readonly edit: (step: Edit) => void;
}

/** What is open beside the form: the settings of a field, or those of the form. */
export function BuilderSettings(props: BuilderSettingsProps) {
  const { draft, edit } = props;
  const field = draft.fields.find(({ key }) => key === draft.selected);
  if (field === undefined) return <FormSettings {...props} />;
  const { icon, label } = kindOf(field);
  return (
    <Side title={field.label} kind={label} icon={icon} edit={edit} isField>
      {/* On a phone the form with its own tools is behind this. */}
      <div class="fm-side-tools">
        <FieldTools field={field} fields={draft.fields} edit={edit} />
      </div>
      <FieldSettings key={field.key} {...props} field={field} />
    </Side>
  );
}

function FieldSettings(
  { field, problems, edit }: BuilderSettingsProps & { readonly field: DraftField },
) {
  const { key, type } = field;
  const has = new Set<string>(SETTINGS[type]);
  const set = (change: Partial<DraftField>) => edit({ do: "field", key, set: change });
  const text = (name: "label" | "name" | "help" | "placeholder" | "value" | "url") => ({
    name: `field.${name}`,
    form: BUILDER,
    value: field[name],
    error: errorOf(problems, key, name),
    // A wrong one is put right here rather than refused by the browser.
    onInput: (event: Event) => set({ [name]: valueOf(event) }),
  });
  return (
    <>
      <section>
        {type === "consent"
          ? <TextArea {...text("label")} label="What is agreed to" maxLength={500} />
          : <TextField {...text("label")} label="Label" maxLength={500} />}
        {has.has("url") && (
          <TextField
            {...text("url")}
            label="Link to the notice"
            placeholder="https://"
            inputMode="url"
          />
        )}
        {has.has("options") && (
          <TextArea
            name="field.options"
            form={BUILDER}
            label="Choices"
            hint={type === "checkbox" ? "One per line. None: yes or no." : "One per line."}
            rows={Math.min(8, Math.max(3, field.options.length + 1))}
            value={field.options.join("\n")}
            error={errorOf(problems, key, "options")}
            onInput={(event) => set({ options: valueOf(event).split("\n") })}
          />
        )}
        {has.has("value") && (
          <TextField
            {...text("value")}
            label="Value"
            hint="Sent with every form."
            maxLength={2_000}
          />
        )}
        {has.has("help") && <TextField {...text("help")} label="Help below it" maxLength={500} />}
        {has.has("placeholder") && (
          <TextField {...text("placeholder")} label="Example in it" maxLength={200} />
        )}
        {has.has("width") && (
          <Select
            name="field.width"
            form={BUILDER}
            label="Width"
            value={field.width}
            options={[{ value: "full", label: "Full" }, { value: "half", label: "Half" }]}
            onChange={(event) => set({ width: valueOf(event) === "half" ? "half" : "full" })}
          />
        )}
      </section>
      <section>
        {type !== "hidden" && (
          <Choice
            kind="switch"
            name="field.required"
            form={BUILDER}
            checked={field.required}
            onChange={(event) => set({ required: event.currentTarget.checked })}
          >
            Required
          </Choice>
        )}
        <TextField
          {...text("name")}
          label="Name in the data"
          hint="As plain HTML posts it."
          code
          maxLength={65}
        />
      </section>
    </>
  );
}

function FormSettings({ draft, channelName, problems, edit }: BuilderSettingsProps) {
  const text = (name: "title" | "intro" | "submitLabel" | "accentColor") => ({
    name: `form.${name}`,
    form: BUILDER,
    value: draft[name],
    error: errorOf(problems, null, name),
    onInput: (event: Event) => edit({ do: "form", set: { [name]: valueOf(event) } }),
  });
  return (
    <Side title={draft.title || channelName} kind="The whole form" icon="form" edit={edit}>
      <section>
        <TextField {...text("title")} label="Title" maxLength={120} placeholder={channelName} />
        <TextArea {...text("intro")} label="Introduction" maxLength={2_000} />
        <TextField {...text("submitLabel")} label="Button" maxLength={60} placeholder="Send" />
        <TextField {...text("accentColor")} label="Colour" type="color" />
      </section>
    </Side>
  );
}

interface SideProps {
  readonly title: string;
  readonly kind: string;
  readonly icon: IconName;
  /** Can be closed: the form's own settings open in its place. */
  readonly isField?: boolean;
  readonly edit: (step: Edit) => void;
  readonly children: ComponentChildren;
}

function Side({ title, kind, icon, isField = false, edit, children }: SideProps) {
  return (
    <aside class="bx-side" aria-label="Settings" data-of={isField ? "field" : "form"}>
      <header class="bx-side-h">
        <span class="bx-k" data-tone="talk">
          <Icon name={icon} />
        </span>
        <div>
          <b class="truncate">{title || "Field without a label"}</b>
          <small>{kind}</small>
        </div>
        {isField && (
          <IconButton
            icon="x"
            label="Close"
            type="submit"
            form={BUILDER}
            name="do"
            value={stepValue({ do: "select", key: null })}
            onClick={(event) => {
              event.preventDefault();
              edit({ do: "select", key: null });
            }}
          />
        )}
      </header>
      <div class="bx-form">{children}</div>
    </aside>
  );
}

function errorOf(
  problems: readonly DraftProblem[],
  key: string | null,
  setting: string,
): string | undefined {
  const found = problems.find((one) => one.key === key && one.setting === setting);
  if (found === undefined) return undefined;
  const { message } = found;
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}

function valueOf({ currentTarget }: Event): string {
  return currentTarget instanceof HTMLInputElement ||
      currentTarget instanceof HTMLTextAreaElement ||
      currentTarget instanceof HTMLSelectElement
    ? currentTarget.value
    : "";
}
