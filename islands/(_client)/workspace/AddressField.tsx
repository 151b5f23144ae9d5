import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import { Chip } from "../../(_components)/Chip.tsx";
import { ComposerRecipients } from "../../(_components)/ComposerRecipients.tsx";
import { has, parseTyped, type Person } from "./recipients.ts";

export interface AddressFieldProps {
  /** "To", "Cc", "Bcc". */
  readonly label: string;
  readonly people: readonly Person[];
  readonly onAdd: (people: readonly Person[]) => void;
  readonly onRemove: (person: Person) => void;
  /** Text that is no address yet is in the field, or is not any more. */
  readonly onUnfinished: (isUnfinished: boolean) => void;
  /** People for a few letters, the likeliest first. */
  readonly suggest: (query: string) => Promise<readonly Person[]>;
  /** It was opened just now. */
  readonly takesFocus: boolean;
  readonly end?: ComponentChildren | undefined;
}

/** Long enough that a word is typed, short enough to seem at once. */
const SUGGEST_AFTER_MS = 120;

/** One address line: people as chips, and a field that finds contacts. Without script it only shows. */
export function AddressField(props: AddressFieldProps) {
  const { label, people, onAdd, onRemove, onUnfinished, suggest, takesFocus, end } = props;
  const text = useSignal("");
  const found = useSignal<readonly Person[]>([]);
  const active = useSignal(0);
  const isWrong = useSignal(false);
  const input = useRef<HTMLInputElement>(null);
  const asking = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const id = useId();
  const options = found.value.filter((one) => !has(people, one));
  const isOpen = options.length > 0;

  const close = () => {
    clearTimeout(timer.current);
    asking.current++;
    found.value = [];
    active.value = 0;
  };
  useEffect(() => close, []);
  useLayoutEffect(() => {
    if (takesFocus) input.current?.focus();
  }, []);

  const setText = (next: string) => {
    text.value = next;
    isWrong.value = false;
    onUnfinished(next.trim() !== "");
  };
  const choose = (person: Person) => {
    setText("");
    close();
    onAdd([person]);
  };
  /** Takes the addresses that are typed out. @returns whether nothing is left. */
  const take = (typed: string): boolean => {
    const parsed = parseTyped(typed);
    if (parsed.people.length > 0) onAdd(parsed.people);
    close();
    setText(parsed.rest);
    isWrong.value = parsed.rest !== "";
    return parsed.rest === "";
  };
  const ask = (query: string) => {
    close();
    if (query.trim() === "") return;
    const turn = asking.current;
    timer.current = setTimeout(async () => {
      const people = await suggest(query.trim());
      if (asking.current === turn) found.value = people;
    }, SUGGEST_AFTER_MS);
  };
  const onInput = (event: InputEvent) => {
    if (!(event.target instanceof HTMLInputElement)) return;
    const { value } = event.target;
    if (/[,;\n]/.test(value) && parseTyped(value).people.length > 0) return void take(value);
    setText(value);
    ask(value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = options[active.value];
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        if (!isOpen) return;
        active.value = (active.value + (event.key === "ArrowDown" ? 1 : -1) + options.length) %
          options.length;
        break;
      case "Escape":
        if (!isOpen) return;
        close();
        break;
      case "Backspace": {
        const last = people.at(-1);
        if (text.value !== "" || last === undefined) return;
        onRemove(last);
        break;
      }
      case "Tab":
        if (text.value === "" || chosen === undefined) return;
        choose(chosen);
        break;
      case "Enter":
        // Ctrl+Enter sends, unless what is typed is nobody's address.
        if (event.ctrlKey || event.metaKey) {
          if (take(text.value)) return;
        } else if (chosen !== undefined && parseTyped(text.value).people.length === 0) {
          choose(chosen);
        } else take(text.value);
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  return (
    <div class="address-line">
      <ComposerRecipients label={label} end={end}>
        {people.map((person) => (
          <Chip
            key={person.address}
            removeLabel={`Remove ${person.name || person.address}`}
            onRemove={() => onRemove(person)}
          >
            <span class="truncate" title={person.address}>{person.name || person.address}</span>
          </Chip>
        ))}
        <input
          ref={input}
          class="address-input"
          role="combobox"
          aria-label={label}
          aria-autocomplete="list"
          aria-expanded={isOpen ? "true" : "false"}
          aria-controls={`${id}-list`}
          aria-activedescendant={isOpen ? `${id}-${active.value}` : undefined}
          aria-invalid={isWrong.value ? "true" : undefined}
          aria-describedby={isWrong.value ? `${id}-wrong` : undefined}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          inputMode="email"
          value={text.value}
          onInput={onInput}
          onKeyDown={onKeyDown}
          onBlur={() => take(text.value)}
        />
      </ComposerRecipients>
      {isWrong.value && (
        <small id={`${id}-wrong`} class="address-wrong" role="alert">
          “{text.value}” is not an email address
        </small>
      )}
      <div
        id={`${id}-list`}
        class="menu address-menu"
        role="listbox"
        aria-label={label}
        hidden={!isOpen}
      >
        {options.map((person, index) => (
          <div
            key={person.address}
            id={`${id}-${index}`}
            class="menu-item"
            role="option"
            aria-selected={index === active.value ? "true" : "false"}
            // Before the field loses the keyboard.
            onMouseDown={(event) => {
              event.preventDefault();
              choose(person);
            }}
          >
            <span class="truncate">{person.name || person.address}</span>
            {person.name !== "" && <span class="end truncate">{person.address}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}
