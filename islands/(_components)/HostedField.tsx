import type { FormField } from "@/core/model/form.ts";
import { flag } from "./flag.ts";
import { Icon } from "./Icon.tsx";

export interface HostedFieldProps {
  readonly field: FormField;
  /** What was typed before; absent: what the field begins with. */
  readonly values?: readonly string[] | undefined;
  /** What is wrong with it, in the visitor's language. */
  readonly error?: string | undefined;
  readonly words: HostedFieldWords;
}

/** In the visitor's language. */
export interface HostedFieldWords {
  readonly optional: string;
  /** First line of a list of choices. */
  readonly choose: string;
  readonly chooseFiles: string;
  /** What a consent's link leads to. */
  readonly notice: string;
}

/** More than these are a list to open rather than buttons to pick. */
const MAX_PICKS = 6;

/** One field of a form as visitors fill it in. A hidden one has nothing to show but is posted. */
export function HostedField(props: HostedFieldProps) {
  const { field, values, error, words } = props;
  const { name, type, help } = field;
  if (type === "hidden") return <input type="hidden" name={name} value={field.value ?? ""} />;
  const id = idOf(name);
  const notes = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(" ");
  const described = {
    "aria-describedby": notes === "" ? undefined : notes,
    "aria-invalid": error ? "true" as const : undefined,
  };
  const below = (
    <>
      {help && <p class="hf-h" id={`${id}-help`}>{help}</p>}
      {error && (
        <p class="hf-e" id={`${id}-error`}>
          <Icon name="alert" size={14} />
          {error}
        </p>
      )}
    </>
  );
  const isPicked = isPicks(field);
  if (type === "consent" || (type === "checkbox" && !isPicked)) {
    return (
      <div class="hf-f">
        <label class="hf-c">
          <input
            class="hf-box"
            id={id}
            type="checkbox"
            name={name}
            value="yes"
            required={field.required}
            checked={(values ?? [field.value]).includes("yes")}
            {...described}
          />
          <span>
            {field.label}
            {field.url && (
              <>
                {" "}
                <a href={field.url} target="_blank" rel="noopener">{words.notice}</a>
              </>
            )}
          </span>
        </label>
        {below}
      </div>
    );
  }
  if (isPicked) {
    return (
      <fieldset
        class="hf-f"
        id={id}
        data-invalid={flag(error !== undefined)}
        aria-describedby={described["aria-describedby"]}
      >
        <legend class="hf-l">
          <Label {...props} />
        </legend>
        <div class="hf-r">
          {field.options?.map((option) => (
            <label key={option}>
              <input
                type={type === "select" ? "radio" : "checkbox"}
                name={name}
                value={option}
                required={type === "select" && field.required}
                checked={(values ?? [field.value]).includes(option)}
              />
              {option}
            </label>
          ))}
        </div>
        {below}
      </fieldset>
    );
  }
  return (
    <div class={field.width === "half" ? "hf-f half" : "hf-f"}>
      <label class="hf-l" for={id}>
        <Label {...props} />
      </label>
      <Control {...props} id={id} described={described} />
      {below}
    </div>
  );
}

/** Id of the element a field's error leads to. */
export function idOf(name: string): string {
  return `f-${name.replace(/\W/g, "-")}`;
}

function isPicks({ type, options = [] }: FormField): boolean {
  return type === "checkbox"
    ? options.length > 0
    : type === "select" && options.length <= MAX_PICKS;
}

function Label({ field, words }: HostedFieldProps) {
  return (
    <>
      {field.label}
      {!field.required && <small>{words.optional}</small>}
    </>
  );
}

interface ControlProps extends HostedFieldProps {
  readonly id: string;
  readonly described: Readonly<Record<string, string | undefined>>;
}

function Control({ field, values, words, id, described }: ControlProps) {
  const { name, type, required, placeholder } = field;
  const text = values?.[0] ?? field.value ?? "";
  const common = { id, name, required, placeholder, class: "hf-i", ...described };
  switch (type) {
    case "textarea":
      return <textarea {...common} class="hf-i area" rows={4} maxLength={64_000} value={text} />;
    case "select":
      return (
        <select {...common}>
          <option value="" selected={text === ""}>{words.choose}</option>
          {field.options?.map((option) => (
            <option key={option} value={option} selected={option === text}>{option}</option>
          ))}
        </select>
      );
    case "file":
      return (
        <span class="hf-drop">
          <Icon name="upload" size={20} />
          <input {...common} type="file" multiple class="hf-file" title={words.chooseFiles} />
        </span>
      );
    case "email":
      return <input {...common} type="email" autocomplete="email" maxLength={254} value={text} />;
    case "phone":
      return <input {...common} type="tel" autocomplete="tel" maxLength={40} value={text} />;
    case "text":
      return <input {...common} type="text" maxLength={2_000} value={text} />;
    // Drawn above.
    case "checkbox":
    case "consent":
    case "hidden":
      return null;
  }
}
