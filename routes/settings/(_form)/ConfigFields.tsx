import { Choice } from "@/islands/(_components)/Choice.tsx";
import { Icon } from "@/islands/(_components)/Icon.tsx";
import { SecretField } from "@/islands/(_components)/SecretField.tsx";
import { Select } from "@/islands/(_components)/Select.tsx";
import { TextArea } from "@/islands/(_components)/TextArea.tsx";
import TextFile from "@/islands/TextFile.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import type { ConfigField } from "./config_fields.ts";
import { isSecretSet, valueAt } from "./config_value.ts";

export interface ConfigFieldsProps {
  readonly fields: readonly ConfigField[];
  /** The config as stored or as just posted; secrets read as `{set: true}` or are absent. */
  readonly config: Readonly<Record<string, unknown>>;
  /** By dotted path in the config. */
  readonly errors: Readonly<Record<string, string>>;
}

/** The fields of an adapter's settings; what is advanced is folded away unless something in it is wrong. */
export function ConfigFields({ fields, config, errors }: ConfigFieldsProps) {
  const shown = fields.filter(({ kind }) => kind !== "constant");
  const plain = shown.filter(({ advanced }) => !advanced);
  const advanced = shown.filter((field) => field.advanced);
  const isWrong = advanced.some(({ path }) =>
    Object.keys(errors).some((at) => at.startsWith(path))
  );
  return (
    <>
      {plain.map((field) => <OneField key={field.name} {...{ field, config, errors }} />)}
      {advanced.length > 0 && (
        <details class="more" open={isWrong}>
          <summary>
            <Icon name="right" size={14} />
            Advanced, {advanced.length} more
          </summary>
          <div class="form">
            {advanced.map((field) => <OneField key={field.name} {...{ field, config, errors }} />)}
          </div>
        </details>
      )}
    </>
  );
}

interface OneFieldProps extends Omit<ConfigFieldsProps, "fields"> {
  readonly field: ConfigField;
}

function OneField({ field, config, errors }: OneFieldProps) {
  const value = valueAt(config, field.path);
  const texts = {
    id: field.name,
    name: field.name,
    label: field.label,
    hint: field.help,
    error: Object.hasOwn(errors, field.path) ? errors[field.path] : undefined,
    optional: !field.required && field.kind === "text" && field.initial === "",
  };
  switch (field.kind) {
    case "text": {
      const text = typeof value === "string" ? value : field.initial;
      if (field.input === "textfile") {
        return <TextFile {...texts} value={text} maxLength={field.maxLength} />;
      }
      return field.input === "textarea"
        ? <TextArea {...texts} value={text} maxLength={field.maxLength} />
        : <TextField {...texts} type={field.input} value={text} maxLength={field.maxLength} />;
    }
    case "constant":
      return null;
    case "secret":
      return <SecretField {...texts} isSet={isSecretSet(config, field.path)} />;
    case "number":
      return (
        <TextField
          {...texts}
          type="number"
          inputMode="numeric"
          min={field.min}
          max={field.max}
          value={typeof value === "number" || typeof value === "string"
            ? value
            : field.initial ?? ""}
        />
      );
    case "toggle":
      return (
        <Choice
          kind="switch"
          name={field.name}
          checked={typeof value === "boolean" ? value : field.initial}
          hint={field.help}
        >
          {field.label}
        </Choice>
      );
    case "choice":
      return (
        <Select
          {...texts}
          options={field.options}
          value={typeof value === "string" ? value : field.initial}
        />
      );
    case "lines":
      return <TextArea {...texts} value={Array.isArray(value) ? value.join("\n") : ""} />;
    case "rows":
      return <Rows field={field} config={config} errors={errors} />;
    case "group":
      return (
        <fieldset class="config-group">
          <legend class="label">{field.label}</legend>
          <ConfigFields fields={field.fields} config={config} errors={errors} />
        </fieldset>
      );
    case "variants":
      return <Variants field={field} config={config} errors={errors} />;
  }
}

/** Those there are, and an empty one to add the next: without a script, one each time the form is stored. */
function Rows({ field, config, errors }: OneFieldProps & {
  readonly field: Extract<ConfigField, { kind: "rows" }>;
}) {
  const value = valueAt(config, field.path);
  const count = Array.isArray(value) ? value.length : 0;
  const { maxRows = Infinity } = field;
  const error = Object.hasOwn(errors, field.path) ? errors[field.path] : undefined;
  return (
    <fieldset class="config-group">
      <legend class="label">{field.label}</legend>
      {field.help && <span class="hint">{field.help}</span>}
      {error !== undefined && <span class="error">{error}</span>}
      {Array.from({ length: count }, (_, row) => (
        <div class="config-row form" key={row}>
          <ConfigFields fields={field.fieldsOf(row)} config={config} errors={errors} />
        </div>
      ))}
      {count < maxRows && (
        <details class="more">
          <summary>
            <Icon name="right" size={14} />
            {count === 0 ? "Add one" : "Add another"}
          </summary>
          <div class="form">
            <ConfigFields
              fields={field.fieldsOf(count).map((one) => ({ ...one, required: false }))}
              config={config}
              errors={errors}
            />
          </div>
        </details>
      )}
    </fieldset>
  );
}

/** One of several shapes: radio buttons; only the chosen one's fields show, by style alone. */
function Variants({ field, config, errors }: OneFieldProps & {
  readonly field: Extract<ConfigField, { kind: "variants" }>;
}) {
  const tag = valueAt(config, `${field.path}.${field.tag}`);
  const chosen = typeof tag === "string" ? tag : field.initial;
  const [only] = field.variants;
  if (only && field.variants.length === 1) {
    return (
      <fieldset class="config-group">
        <legend class="label">{field.label}: {only.label}</legend>
        <input type="hidden" name={field.name} value={only.value} />
        <ConfigFields fields={only.fields} config={config} errors={errors} />
      </fieldset>
    );
  }
  return (
    <fieldset class="config-group">
      <legend class="label">{field.label}</legend>
      {field.help && <span class="hint">{field.help}</span>}
      {field.variants.map(({ value, label, help, fields, missing }) => (
        <div class="variant" key={value}>
          <Choice
            kind="radio"
            name={field.name}
            value={value}
            checked={value === chosen}
            // What is chosen stays so, whatever the deployment lost since.
            disabled={missing !== undefined && value !== chosen}
            hint={missing ?? help}
          >
            {label}
          </Choice>
          {fields.length > 0 && (missing === undefined || value === chosen) && (
            <div class="variant-fields form">
              <ConfigFields
                fields={fields}
                // Values of another variant under the same name are not this one's.
                config={value === chosen ? config : {}}
                errors={value === chosen ? errors : {}}
              />
            </div>
          )}
        </div>
      ))}
    </fieldset>
  );
}
