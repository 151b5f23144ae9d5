/**
 * Drafts: what somebody of the team is writing and has not sent, kept on the server for each user, conversation and
 * kind. Owns which of two tabs wins and that nothing written is lost; knows nothing of HTTP or of how a draft is sent.
 *
 * One flow: a tab saves → `decideSave` → one commit → its author's other tabs are told. Whatever sends the message ends
 * the draft in its own commit.
 * @module
 */
export {
  type ColleagueDraft,
  createDrafts,
  type DraftInput,
  type DraftNews,
  type Drafts,
  type DraftServices,
  type OwnDraft,
} from "./drafts.ts";
export { endDraft, type EndedDraft, eraseDrafts } from "./end_draft.ts";
export { moveDrafts } from "./move_drafts.ts";
