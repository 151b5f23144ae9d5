import { Icon } from "@/islands/(_components)/Icon.tsx";
import { BUILDER } from "./builder_form.ts";
import { dragged } from "./drag.ts";
import type { Edit } from "./edit_draft.ts";
import { FIELD_KINDS } from "./field_kinds.ts";
import { stepValue } from "./post_draft.ts";

const GROUPS = ["Answers", "Choices", "More"] as const;

/** Fields to add: pressed they go behind the open one, dragged to any place. */
export function BuilderPalette({ edit }: { readonly edit: (step: Edit) => void }) {
  return (
    <aside class="bx-pal fm-pal" aria-label="Fields to add">
      <h2 class="bx-find">
        <Icon name="plus" />
        <span>Add a field</span>
      </h2>
      <div class="bx-pals">
        {GROUPS.map((group) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <ul>
              {FIELD_KINDS.filter((kind) => kind.group === group).map(({ id, label, icon }) => (
                <li key={id}>
                  <button
                    type="submit"
                    form={BUILDER}
                    name="do"
                    value={stepValue({ do: "add", kind: id })}
                    title={label}
                    draggable
                    onDragStart={(event) =>
                      dragged.start(event, { kind: id })}
                    onClick={(event) => {
                      event.preventDefault();
                      edit({ do: "add", kind: id });
                    }}
                  >
                    <Icon name={icon} />
                    <b>{label}</b>
                    <Icon name="grip" size={14} />
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </aside>
  );
}
