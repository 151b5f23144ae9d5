import type { ApiConversation } from "../../../core/model/api.ts";
import { Avatar } from "../../(_components)/Avatar.tsx";
import { Dots } from "../../(_components)/Dots.tsx";
import { flag } from "../../(_components)/flag.ts";
import { hereWords } from "./here_words.ts";
import type { WorkspaceModel } from "./workspace_model.ts";

/** Faces that are shown; more are a number. */
const FACES = 3;

/** Which colleagues have this conversation open, and what they do in it. */
export function PeopleHere({ model, conversation }: {
  readonly model: WorkspaceModel;
  readonly conversation: ApiConversation;
}) {
  const people = model.presence.in(conversation.id).filter(({ id }) => id !== model.data.me.id);
  const drafts = model.drafts.colleaguesOf(conversation.id)
    .filter(({ userId }) => people.every(({ id }) => id !== userId));
  const words = hereWords(people, drafts);
  if (words === null) return null;
  return (
    <span
      class="status here"
      role="status"
      title={words.title}
      data-idle={flag(words.isIdle)}
    >
      <span class="here-faces">
        {words.faces.slice(0, FACES).map(({ id, name, isIdle }) => (
          <span key={id} data-idle={flag(isIdle)}>
            <Avatar
              id={id}
              name={name}
              of="team"
              size={20}
              pictureUrl={model.data.people.find((one) =>
                one.id === id
              )?.avatarUrl}
            />
          </span>
        ))}
        {words.faces.length > FACES && <span class="meta num">+{words.faces.length - FACES}</span>}
      </span>
      <span class="roomy">{words.short}</span>
      {words.isTyping && <Dots />}
      <span class="sr">{words.title}</span>
    </span>
  );
}
