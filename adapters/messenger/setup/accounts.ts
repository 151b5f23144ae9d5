import { z } from "zod";
import {
  type AccountsPort,
  type AppIo,
  err,
  type FoundAccount,
  ok,
  type Result,
  type SendError,
} from "../../../core/channel/mod.ts";
import { appConfigOf, callGraph, type MetaAppConfig } from "../meta/mod.ts";
import { connectionError } from "./connection.ts";

const Page = z.object({
  id: z.string(),
  name: z.string().catch(""),
  access_token: z.string().min(1).optional().catch(undefined),
  tasks: z.array(z.string()).optional().catch(undefined),
});
const Pages = z.object({
  data: z.array(Page),
  paging: z.object({ cursors: z.object({ after: z.string() }), next: z.string() }).optional()
    .catch(undefined),
});
const Exchanged = z.object({ access_token: z.string().min(1) });

const MAX_LISTS = 10;

/** The Pages a pasted token opens: of somebody who manages them, or of one Page. */
export const accounts: AccountsPort = {
  appKind: "meta",
  title: "Connect a Facebook Page",
  lead: "Paste a token of the app, then choose the Page whose messages should come here.",
  secret: {
    label: "Access token",
    help:
      "Made in the app on developers.facebook.com under “Messenger API settings” for one Page, or in the Graph API Explorer " +
      "with pages_show_list, pages_messaging and pages_manage_metadata for all of yours.",
  },
  async list(given, appView, io) {
    const app = appConfigOf({ app: appView });
    if (app === null) return err("The app's settings are not complete.");
    const secret = given.trim();
    if (!/^[\x21-\x7e]{1,2000}$/.test(secret)) return err("This is no access token.");
    const own = await pageOf(secret, app, io);
    if (own !== null) return ok([own]);
    // Tokens of Pages do not end by time when they come of one that lasts.
    const token = await lasting(secret, app, io);
    const pages = await pagesOf(token, app, io);
    return pages.ok ? ok(pages.value.map(accountOf)) : err(connectionError(pages.error).message);
  },
};

/** The Page whose token it is; null when it is not one of a Page. */
async function pageOf(
  token: string,
  app: MetaAppConfig,
  io: AppIo,
): Promise<FoundAccount | null> {
  // Only Pages have a category.
  const call = { method: "GET", path: "me", query: { fields: "id,name,category" } } as const;
  const asked = await callGraph(call, { token, app }, io);
  if (!asked.ok) return null;
  const { data } = Page.extend({ category: z.string() }).safeParse(asked.value);
  return data === undefined ? null : accountOf({ ...data, access_token: token });
}

async function lasting(token: string, app: MetaAppConfig, io: AppIo): Promise<string> {
  const query = {
    grant_type: "fb_exchange_token",
    client_id: app.appId,
    client_secret: app.appSecret,
    fb_exchange_token: token,
  };
  const call = { method: "GET", path: "oauth/access_token", query } as const;
  const access = { token: `${app.appId}|${app.appSecret}`, app };
  const asked = await callGraph(call, access, io);
  return (asked.ok ? Exchanged.safeParse(asked.value).data?.access_token : undefined) ?? token;
}

async function pagesOf(
  token: string,
  app: MetaAppConfig,
  io: AppIo,
): Promise<Result<readonly z.infer<typeof Page>[], SendError>> {
  const found: z.infer<typeof Page>[] = [];
  let after: string | undefined;
  for (let i = 0; i < MAX_LISTS; i++) {
    const query = {
      fields: "id,name,access_token,tasks",
      limit: "100",
      ...after !== undefined && { after },
    };
    const asked = await callGraph(
      { method: "GET", path: "me/accounts", query },
      { token, app },
      io,
    );
    if (!asked.ok) return asked;
    const { data } = Pages.safeParse(asked.value);
    found.push(...data?.data ?? []);
    after = data?.paging?.cursors.after;
    if (after === undefined) break;
  }
  return ok(found);
}

function accountOf({ id, name, access_token, tasks }: z.infer<typeof Page>): FoundAccount {
  return {
    key: id,
    name: name === "" ? id : name,
    detail: `ID ${id}`,
    problem: problemOf(access_token, tasks),
    config: { pageId: id, pageAccessToken: access_token ?? "" },
  };
}

function problemOf(token: string | undefined, tasks: readonly string[] | undefined): string | null {
  if (token === undefined) {
    return "The token gives no access to this Page: choose it when you make one.";
  }
  const lacks = ["MESSAGING", "MODERATE"].filter((task) => tasks?.includes(task) === false);
  return lacks.length === 0
    ? null
    : "Your role on this Page is not enough: you need the tasks “Messages” and “Community activity”.";
}
