import { HttpError, page } from "fresh";
import { Time } from "@/islands/(_components)/Time.tsx";
import { AuthPage } from "../(auth)/(_parts)/AuthPage.tsx";
import { define } from "../(_shared)/define.ts";

/** What became of somebody's demand that their data be deleted: for whoever has its code. */
export const handler = define.handlers({
  async GET(ctx) {
    const { core } = ctx.state;
    const found = await core.dataDeletions.status(ctx.params.code ?? "");
    if (found === null) throw new HttpError(404);
    return page({ ...found, now: core.ports.clock.now() });
  },
});

export default define.page<typeof handler>(function DataDeletion({ data }) {
  const { requestedAt, erasedAt, now } = data;
  return erasedAt === null
    ? (
      <AuthPage
        title="Your data is being deleted"
        lead="This takes minutes. Come back to this page to see when it is done."
        foot={
          <>
            Asked for <Time at={requestedAt} now={now} timeZone="UTC" />.
          </>
        }
      />
    )
    : (
      <AuthPage
        title="Your data is deleted"
        lead="Your messages, files and name are gone from this inbox."
        foot={
          <>
            Deleted <Time at={erasedAt} now={now} timeZone="UTC" />.
          </>
        }
      />
    );
});
