import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import Workspace from "@/islands/Workspace.tsx";
import { parseRoute } from "@/islands/(_client)/workspace/workspace_route.ts";
import { define } from "../../../(_shared)/define.ts";
import { loadWorkspace } from "../../(_parts)/load_workspace.ts";
import { postForm } from "../../(_parts)/post_form.ts";
import { userOf } from "../../../settings/(_parts)/settings_frame.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { url, req, state } = ctx;
    const route = parseRoute(url);
    if (route?.conversationId == null) throw new HttpError(404);
    const data = await loadWorkspace(state, { route, url, req, failed: null });
    if (data.thread === null) return page(data, { status: 404 });
    // Whoever opens it has read it, also without script; the page itself still shows what was new.
    if (data.thread.conversation.unread) {
      await state.core.conversations.markRead(userOf(state), data.thread.conversation.id);
    }
    return page(data);
  },

  async POST(ctx) {
    const { url, req, state } = ctx;
    const route = parseRoute(url);
    if (route?.conversationId == null) throw new HttpError(404);
    const done = await postForm(state, route.conversationId, req);
    if (done.ok) return ctx.redirect(url.pathname, 303);
    const data = await loadWorkspace(state, { route, url, req, failed: done.error });
    return page(data, { status: done.error.status });
  },
});

/** A conversation, in the list it was opened from. */
export default define.page<typeof handler>(function ConversationPage({ data }) {
  const { thread } = data;
  const name = thread === null
    ? "Not found"
    : thread.conversation.subject || thread.conversation.contactName;
  return (
    <>
      <Head>
        <title>{`${name} · Parley`}</title>
      </Head>
      <Workspace data={data} />
    </>
  );
});
