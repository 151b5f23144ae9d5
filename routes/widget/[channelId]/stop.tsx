/** `/widget/:channelId/stop`: where a mail with a chat's answers lets its reader end such mail. Opening it changes nothing. */
import { page } from "fresh";
import { Head } from "fresh/runtime";
import { Button } from "@/islands/(_components)/Button.tsx";
import { SoloShell } from "@/islands/(_components)/SoloShell.tsx";
import { type LetterWords, letterWords, type MailStop } from "@/core/mod.ts";
import { fill } from "@/core/model/fill.ts";
import { define } from "../../(_shared)/define.ts";
import { formText, readForm } from "../../(_shared)/read_form.ts";

interface Data {
  /** Null: the link is none of ours. */
  readonly stop: MailStop | null;
  readonly words: LetterWords;
  readonly locale: string;
  readonly isRightToLeft: boolean;
}

export const handler = define.handlers({
  async GET(ctx) {
    const { visitors } = ctx.state.core;
    const found = await visitors.mailStop(ctx.params.channelId ?? "", tokenOf(ctx.url));
    return answer(ctx.req, found.ok ? found.value : null);
  },

  async POST(ctx) {
    const form = await readForm(ctx.req);
    const isStopped = !form.ok || formText(form.value, "again") === "";
    const { visitors } = ctx.state.core;
    const { channelId = "" } = ctx.params;
    const set = await visitors.setMailStop(channelId, tokenOf(ctx.url), isStopped);
    return answer(ctx.req, set.ok ? set.value : null);
  },
});

function tokenOf(url: URL): string {
  return url.searchParams.get("token") ?? "";
}

function answer(req: Request, stop: MailStop | null) {
  const locale = req.headers.get("accept-language")?.split(/[,;]/)[0] ?? "";
  const data: Data = { stop, ...letterWords(locale) };
  // The address has the token in it: no other site that is opened from here is told.
  return page(data, {
    status: stop === null ? 404 : 200,
    headers: { "referrer-policy": "same-origin", "cache-control": "no-store" },
  });
}

export default define.page<typeof handler>(function StopMail({ data }) {
  const { stop, words, locale, isRightToLeft } = data;
  const title = stop === null ? words.dead : words.stop;
  return (
    <SoloShell>
      <Head>
        <title>{title}</title>
        <meta name="robots" content="noindex" />
      </Head>
      <form
        class="sign"
        method="post"
        aria-label={title}
        lang={locale}
        dir={isRightToLeft ? "rtl" : "ltr"}
      >
        <h1>{title}</h1>
        {stop !== null && (
          <>
            <p role={stop.isStopped ? "status" : undefined}>
              {fill(stop.isStopped ? words.stopped : words.stopAsk, {
                name: stop.companyName,
                address: stop.address,
              })}
            </p>
            {stop.isStopped
              ? (
                <Button size="full" type="submit" name="again" value="yes">
                  {words.again}
                </Button>
              )
              : <Button kind="primary" size="full" type="submit">{words.stop}</Button>}
          </>
        )}
      </form>
    </SoloShell>
  );
});
