import { useRef } from "preact/hooks";
import { Icon } from "../../(_components)/Icon.tsx";
import type { IconName } from "../../(_components)/icon_names.ts";
import { IconButton } from "../../(_components)/IconButton.tsx";
import { Kbd } from "../../(_components)/Kbd.tsx";
import { format } from "./ComposerText.tsx";
import { useMenu } from "./use_menu.ts";
import type { WorkspaceModel } from "./workspace_model.ts";
import type { Format } from "./writing.ts";

interface Tool {
  readonly format: Format;
  readonly label: string;
  readonly keys: readonly string[];
}

/** Beside each other; on a phone those without room are folded too. */
const SHOWN: readonly (Tool & { readonly icon: IconName; readonly isWide?: true })[] = [
  { format: "bold", label: "Bold", icon: "bold", keys: ["Ctrl", "B"] },
  { format: "italic", label: "Italic", icon: "italic", keys: ["Ctrl", "I"] },
  { format: "link", label: "Link", icon: "link", keys: ["Ctrl", "K"], isWide: true },
  { format: "bullets", label: "List", icon: "list", keys: ["Ctrl", "Shift", "8"], isWide: true },
];
const FOLDED: readonly Tool[] = [
  { format: "numbers", label: "Numbered list", keys: ["Ctrl", "Shift", "7"] },
  { format: "quote", label: "Quote", keys: ["Ctrl", "Shift", "9"] },
  { format: "strike", label: "Strikethrough", keys: ["Ctrl", "Shift", "X"] },
  { format: "code", label: "Code", keys: ["Ctrl", "E"] },
];

/** What the words can look like. The keyboard stays in them. */
export function FormatTools({ model }: { readonly model: WorkspaceModel }) {
  const active = model.writing.value?.formatting?.active.value;
  const details = useRef<HTMLDetailsElement>(null);
  const menu = useMenu(details);
  const keepKeyboard = (event: MouseEvent) => event.preventDefault();
  const isOn = (format: Format) => active?.has(format) ? "true" as const : "false" as const;
  return (
    <span class="format-tools" role="group" aria-label="Format">
      {SHOWN.map((tool) => (
        <IconButton
          key={tool.format}
          icon={tool.icon}
          label={tool.label}
          shortcut={tool.keys.join("+")}
          class={tool.isWide && "wide-only"}
          aria-pressed={isOn(tool.format)}
          onMouseDown={keepKeyboard}
          onClick={() => void format(model, tool.format)}
        />
      ))}
      <details
        class="dropdown format-more"
        name="dropdown"
        ref={details}
        onKeyDown={menu.onKeyDown}
      >
        <summary class="button" data-kind="ghost" data-icon="" title="More formats">
          <Icon name="more" />
          <span class="sr">More formats</span>
        </summary>
        <div class="menu" role="group" aria-label="More formats">
          {[...SHOWN.filter(({ isWide }) => isWide), ...FOLDED].map((tool) => (
            <button
              key={tool.format}
              type="button"
              class={FOLDED.includes(tool) ? "menu-item" : "menu-item phone-only"}
              aria-pressed={isOn(tool.format)}
              onMouseDown={keepKeyboard}
              onClick={() => {
                menu.close();
                void format(model, tool.format);
              }}
            >
              {tool.label}
              <Kbd keys={tool.keys} />
            </button>
          ))}
        </div>
      </details>
      <span class="gap" />
    </span>
  );
}
