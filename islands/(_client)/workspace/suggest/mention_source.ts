import type { ApiConversation } from "../../../../core/model/api.ts";
import { escapeText } from "../editor/rich_html.ts";
import { assignablePeople, assignableTeams } from "../assignable.ts";
import type { ComposerMention } from "../composer_state.ts";
import type { WorkspaceModel } from "../workspace_model.ts";
import type { Suggestion, SuggestionSource } from "./suggestion.ts";

const OFFERED = 7;

/** Who can be called in a comment: whoever works in the inbox, and teams. */
export function mentionSource(
  model: WorkspaceModel,
  conversation: ApiConversation,
): SuggestionSource {
  const { me } = model.data;
  const inbox = model.data.inboxes.find(({ id }) => id === conversation.inboxId);
  return {
    sign: "@",
    label: "People and teams",
    minLength: 0,
    find(query) {
      const persons = assignablePeople(model.data, inbox, me.id)
        .filter(({ id }) => id !== me.id)
        .filter(({ name }) => isNamed(name, query))
        .map((person) =>
          option(model, conversation.id, { type: "user", id: person.id, name: person.name }, {
            person: {
              id: person.id,
              name: person.name,
              ...(person.avatarUrl ? { pictureUrl: person.avatarUrl } : {}),
            },
            ...(person.availability === "away" ? { end: "Away" } : {}),
          })
        );
      const groups = assignableTeams(model.data, inbox).filter(({ name }) => isNamed(name, query))
        .map(({ id, name, memberIds }) =>
          option(model, conversation.id, { type: "team", id, name }, {
            icon: "contacts",
            end: memberIds.length === 1 ? "1 person" : `${memberIds.length} people`,
          })
        );
      return [...persons, ...groups].slice(0, OFFERED);
    },
  };
}

/** Whether a name is meant: it begins so, or one of its words does. */
export function isNamed(name: string, query: string): boolean {
  const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const [whole, wanted] = [fold(name), fold(query.trimEnd())];
  return whole.startsWith(wanted) || whole.split(/\s+/).some((word) => word.startsWith(wanted));
}

function option(
  model: WorkspaceModel,
  conversationId: string,
  mention: ComposerMention,
  look: Pick<Suggestion, "person" | "icon" | "end">,
): Suggestion {
  return {
    key: mention.id,
    words: mention.name,
    ...look,
    choose(replace) {
      model.composers.mention(conversationId, mention);
      const words = `@${mention.name}`;
      replace({ text: `${words} `, html: `<mark>${escapeText(words)}</mark>&nbsp;` });
    },
  };
}
