import type { WorkspaceModel } from "./workspace_model.ts";

/** What will stand below the letter, as it will be sent. */
export function BelowLetter({ model, conversationId }: {
  readonly model: WorkspaceModel;
  readonly conversationId: string;
}) {
  const defaults = model.replies.get(conversationId);
  if (defaults === null) return null;
  const { history } = model.composers.get(conversationId, "reply");
  return (
    <div class="composer-below">
      {defaults.signature !== "" && (
        <p class="signature" title="Your signature">{defaults.signature}</p>
      )}
      <label class="signature">
        <input
          type="checkbox"
          checked={history ?? defaults.history}
          onChange={(event) =>
            model.composers.quoteHistory(conversationId, event.currentTarget.checked)}
        />
        Quote earlier mails
      </label>
    </div>
  );
}
