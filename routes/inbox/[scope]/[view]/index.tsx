import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import Workspace from "@/islands/Workspace.tsx";
import { parseRoute } from "@/islands/(_client)/workspace/workspace_route.ts";
import { define } from "../../../(_shared)/define.ts";
import { loadWorkspace } from "../../(_parts)/load_workspace.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const route = parseRoute(ctx.url);
    if (route === null) throw new HttpError(404);
    const { url, req } = ctx;
    return page(await loadWorkspace(ctx.state, { route, url, req, failed: null }));
  },
});

/** A list of conversations, none of them open. */
export default define.page<typeof handler>(function InboxPage({ data }) {
  return (
    <>
      <Head>
        <title>Inbox · Parley</title>
      </Head>
      <Workspace data={data} />
    </>
  );
});
