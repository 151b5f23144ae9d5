import type { ApiConversation } from "../../../../core/model/api.ts";
import { Tag } from "../../../(_components)/Tag.tsx";
import { applyToMany } from "../apply_to_many.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import { fitsQuery, type PickerItem, type PickerItems } from "./picker_item.ts";
import { stateOf } from "./state_of.ts";

/** As the server takes it. */
const MAX_TAG = 50;

/** Every tag with its box, those in use here first, and a new one by the name that was typed. */
export function tagItems(
  model: WorkspaceModel,
  conversations: readonly ApiConversation[],
  counts: ReadonlyMap<string, number>,
): PickerItems {
  const known = new Set(model.tags.value.map(({ name }) => name));
  // Put on before there were records of tags, or by a colleague just now.
  const here = new Set(conversations.flatMap(({ tags }) => tags));
  const names = [...here, ...[...known].filter((name) => !here.has(name))];
  const keepPicked = { keepPicked: true };
  const tag = (name: string): PickerItem => {
    const state = stateOf(conversations, ({ tags }) => tags.includes(name));
    const count = counts.get(name);
    return {
      id: `tag ${name}`,
      words: name,
      look: <Tag name={name} hue={model.hueOfTag(name)} />,
      end: count === undefined ? undefined : String(count),
      state,
      hasBox: true,
      staysOpen: true,
      run: () =>
        void (state === "on"
          ? applyToMany(
            model,
            conversations,
            { removeTags: [name] },
            `Tag ${name} taken off`,
            keepPicked,
          )
          : applyToMany(model, conversations, { addTags: [name] }, `Tagged ${name}`, keepPicked)),
    };
  };
  return (query) => {
    const wanted = query.replace(/\s+/g, " ").trim();
    const isKnown = names.some((name) => name.toLowerCase() === wanted.toLowerCase());
    const isNew = wanted !== "" && wanted.length <= MAX_TAG && !isKnown;
    return [
      ...names.filter((name) => fitsQuery(name, query)).map(tag),
      ...isNew
        ? [{
          ...tag(wanted),
          id: "new",
          words: `New tag “${wanted}”`,
          look: <span class="truncate">New tag “{wanted}”</span>,
          icon: "plus" as const,
          hasBox: false,
          above: "line" as const,
        }]
        : [],
    ];
  };
}
