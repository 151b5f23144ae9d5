/**
 * The core: everything Parley does, without HTTP, without Fresh, on whatever clock it is given. Routes and `main.ts`
 * import this file only. Every query and command takes the caller (`Principal`) first and asks `can()`; expected
 * failures are `Result`s with a closed code.
 * @module
 */
export { type Core, type CoreOptions, createCore } from "./core.ts";
export type * from "./access/mod.ts";
export { addressSubject, can, mayChangeRole, roleOf } from "./access/mod.ts";
export { AdminDesk, answerImport } from "./admin/mod.ts";
export type { AppInput, AppPatch, Apps, AppType, ShownApp } from "./apps/mod.ts";
export type { Attachments, OpenedFile, Uploader } from "./attachments/mod.ts";
export { inlineImageType, MAX_FILE_BYTES } from "./attachments/mod.ts";
export type { Capabilities, HistoryFolder, SuggestedWay } from "./channel/mod.ts";
export type {
  ChannelInput,
  ChannelPatch,
  Channels,
  ChannelSignIn,
  ChannelType,
  ChannelWithSecrets,
  FoundSuggestion,
  TestedStep,
  TestNews,
} from "./channels/mod.ts";
export { type Config, type ConfigError, readConfig } from "./config/mod.ts";
export type {
  ContactInput,
  ContactNoteInput,
  ContactNotePage,
  ContactNotes,
  ContactPage,
  ContactPatch,
  ContactQuery,
  Contacts,
} from "./contacts/mod.ts";
export { optedOutAt } from "./contacts/mod.ts";
export type {
  ConversationPage,
  ConversationPatch,
  ConversationQuery,
  ConversationRow,
  Conversations,
  MessagePage,
  Messages,
  OriginalDelivery,
  RawDelivery,
  ShownMessage,
  ViewCounts,
} from "./conversations/mod.ts";
export type { WebhookRequest } from "./channel/mod.ts";
export type { Accounts, FoundAccounts } from "./connections/mod.ts";
export type { ColleagueDraft, DraftInput, DraftNews, Drafts, OwnDraft } from "./drafts/mod.ts";
export type { CoreError, FieldError } from "./errors.ts";
export { invalid, notFound } from "./errors.ts";
export {
  formatCursor,
  type Hub,
  type HubItem,
  parseCursor,
  type Presence,
  type TypingSign,
} from "./events/mod.ts";
export type { Feed, FeedItem, FilledChange, SeenChange, VisibleChange } from "./feed/mod.ts";
export type { Idempotency, Once } from "./idempotency.ts";
export type { OpenedImage, RemoteImages } from "./images/mod.ts";
export { DEFAULT_SPAM_POLICY, type Inboxes } from "./inboxes/mod.ts";
export type { Door, ImportInput, Imports, Inbound, Received, ReceiveError } from "./ingest/mod.ts";
export {
  ASSIGN_ME,
  ASSIGN_NOBODY,
  type MacroInput,
  type MacroPatch,
  type MacroPreview,
  type MacroRun,
  type Macros,
} from "./macros/mod.ts";
export { problemWords } from "./media/mod.ts";
export type { Followers, Personal, PersonalPage } from "./personal/mod.ts";
export type { FinishError, SignIns, StartedSignIn } from "./oauth/mod.ts";
export type * from "./forms/mod.ts";
export { beginningOf } from "./outbox/mod.ts";
export type { ForwardInput, Posted, PostInput, ReplyDefaults, StartInput } from "./outbox/mod.ts";
export type * from "./ports.ts";
export { err, ok, type Result, unreachable } from "./result.ts";
export {
  openSqliteIndex,
  type Search,
  type SearchHit,
  type SearchIndex,
  type SearchPage,
  type SearchQuery,
} from "./search/mod.ts";
export type { Shown } from "./sharing/mod.ts";
export type { FilledSnippet, SnippetInput, SnippetPatch, Snippets } from "./snippets/mod.ts";
export type { AttachmentRecord, ImportRecord, JournalRecord } from "./store/mod.ts";
export type { TeamInput, TeamPatch, Teams } from "./teams/mod.ts";
export { canChangeView, type ViewInput, type ViewPatch, type Views } from "./views/mod.ts";
export type { TagInput, TagPatch, Tags, TagUse } from "./tags/mod.ts";
export type { ThreadRuleInput, ThreadRules, Threads } from "./threads/mod.ts";
export { openStore, type OpenStoreError, type OpenStoreOptions } from "./store/mod.ts";
export type {
  Visitor,
  VisitorConfig,
  VisitorConversation,
  VisitorEvent,
  VisitorMessage,
  Visitors,
} from "./visitors/mod.ts";
export { type LetterWords, letterWords, type MailStop } from "./continuity/mod.ts";
export { frameAncestors, isAllowedOrigin } from "./visitors/mod.ts";
export type { HereState, PersonHere, PresenceDesk, TabSign } from "./presence/mod.ts";
export { peopleSeenBy } from "./presence/mod.ts";
export { joinBytes } from "./join_bytes.ts";
