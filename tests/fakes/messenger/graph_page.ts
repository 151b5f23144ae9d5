/** A Page as a test sees it. */
import { type GraphPerson, graphPerson } from "./graph_person.ts";
import {
  type GraphWorld,
  PAGE_INBOX_APP,
  type PageState,
  type PersonState,
  type StoredFile,
  type StoredMessage,
  tell,
  tellEcho,
  WEBHOOK_FIELDS,
} from "./graph_world.ts";

export interface GraphPage {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  /** Messages of both sides, oldest first. */
  readonly messages: readonly StoredMessage[];
  /** Sender actions, oldest first: `typing_on 200`. */
  readonly actions: readonly string[];
  /** What the app is subscribed to; null: nothing. */
  readonly fields: ReadonlySet<string> | null;
  /** To be changed by a test. */
  readonly state: Pick<
    PageState,
    | "fields"
    | "otherApps"
    | "primaryAppId"
    | "humanAgentApproved"
    | "permissions"
    | "tokenProblem"
    | "tokenExpiresAt"
  >;
  /** Subscribes the app to these fields; default: all. */
  subscribe(fields?: readonly string[]): void;
  addPerson(person: {
    readonly firstName: string;
    readonly lastName?: string;
    readonly psid?: string;
    readonly isTester?: boolean;
  }): GraphPerson;
  /** Somebody answers in Meta's own inbox, or another app does. @returns the message's id */
  answersElsewhere(psid: string, text: string, appId?: string | null): string;
  /** Another app becomes the one whose answers count; the app's own id: it becomes that one again. */
  setPrimary(appId: string): void;
  /** Tells the app of something. */
  tells(event: Readonly<Record<string, unknown>>): void;
  /** What was sent to somebody as a file. */
  file(fileId: string): StoredFile | null;
}

/** Adds a Page on which the app may do everything, not yet subscribed. */
export function openGraphPage(
  world: GraphWorld,
  { id, name }: { readonly id: string; readonly name: string },
): GraphPage {
  const state: PageState = {
    id,
    name,
    token: `EAAPAGE${id}`,
    people: new Map(),
    messages: [],
    actions: [],
    fields: null,
    otherApps: [],
    primaryAppId: world.appId,
    humanAgentApproved: false,
    permissions: [
      "pages_messaging",
      "pages_manage_metadata",
      "pages_show_list",
      "pages_read_engagement",
      "business_asset_user_profile_access",
    ],
    tokenProblem: null,
    tokenExpiresAt: 0,
  };
  world.pages.set(id, state);

  return {
    id,
    name,
    token: state.token,
    messages: state.messages,
    actions: state.actions,
    state,
    get fields() {
      return state.fields;
    },

    subscribe(fields = WEBHOOK_FIELDS) {
      state.fields = new Set(fields);
    },

    addPerson({ firstName, lastName = "", psid = `77${world.nextId()}00001`, isTester = false }) {
      const person: PersonState = {
        psid,
        appScopedId: `app-${psid}`,
        firstName,
        lastName,
        isTester,
        lastSeenAt: null,
        hasBlocked: false,
      };
      state.people.set(psid, person);
      return graphPerson(world, state, person);
    },

    answersElsewhere(psid, text, appId = PAGE_INBOX_APP) {
      const message: StoredMessage = {
        mid: `m_${world.nextId()}-elsewhere`,
        psid,
        at: world.now(),
        fromPage: true,
        text,
        attachments: [],
        quickReplies: [],
        metadata: null,
        messagingType: null,
        tag: null,
        replyTo: null,
      };
      state.messages.push(message);
      tellEcho(world, state, message, appId);
      return message.mid;
    },

    setPrimary(appId) {
      state.primaryAppId = appId;
      tell(world, state, "messaging_handovers", {
        recipient: { id },
        timestamp: world.now(),
        app_roles: { [appId]: ["primary_receiver"] },
      });
    },

    tells: (event) =>
      tell(world, state, "messages", {
        recipient: { id },
        timestamp: world.now(),
        ...event,
      }),

    file: (fileId) => world.files.get(fileId) ?? null,
  };
}
