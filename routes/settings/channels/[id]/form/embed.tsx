import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import * as z from "zod";
import { Banner } from "@/islands/(_components)/Banner.tsx";
import { BoxRow } from "@/islands/(_components)/BoxRow.tsx";
import { Button } from "@/islands/(_components)/Button.tsx";
import { FormBuilderTop } from "@/islands/(_components)/FormBuilderTop.tsx";
import { Tabs } from "@/islands/(_components)/Tabs.tsx";
import { TextField } from "@/islands/(_components)/TextField.tsx";
import { define, type State } from "../../../../(_shared)/define.ts";
import { formProblem } from "../../../../(_shared)/form_problem.ts";
import { toProblem } from "../../../../(_shared)/http_error.ts";
import { formText, readForm } from "../../../../(_shared)/read_form.ts";
import { EMBED_WAYS, EmbedGuide } from "../../../(_parts)/EmbedGuide.tsx";
import { formChannel } from "../../../(_parts)/form_channel.ts";
import { formSnippets } from "../../../(_parts)/form_snippets.ts";
import { userWho } from "../../../(_parts)/settings_frame.ts";

/** What of the settings concerns the sites a form stands on. */
const Sites = z.object({
  allowedDomains: z.array(z.string()).default([]),
  honeypot: z.string().nullable().default(null),
});

/** A site that could not be added. */
interface Refused {
  readonly site: string;
  readonly message: string;
}

export const handler = define.handlers({
  async GET(ctx) {
    return page(await pageData(ctx.state, ctx.params.id ?? "", ctx.url));
  },

  /** Adds a trusted site, or takes one away. */
  async POST(ctx) {
    const id = ctx.params.id ?? "";
    const posted = await readForm(ctx.req);
    if (!posted.ok) throw new HttpError(toProblem(posted.error).status);
    const { channel } = await formChannel(ctx.state, id);
    const { allowedDomains } = Sites.parse(channel.config);
    const site = formText(posted.value, "site").trim();
    const gone = formText(posted.value, "remove");
    const next = gone === ""
      ? [...allowedDomains, site]
      : allowedDomains.filter((one) => one !== gone);
    const saved = await ctx.state.core.channels.update(
      userWho(ctx.state, "channel.manage"),
      id,
      // Read a moment ago: what somebody else added since is not lost.
      { config: { allowedDomains: next }, ifUpdatedAt: channel.updatedAt },
    );
    if (saved.ok) return ctx.redirect(ctx.url.pathname + ctx.url.search, 303);
    const problem = formProblem(saved.error, { "config.allowedDomains": "It" });
    const message = problem.fields["config.allowedDomains"] ?? problem.message ?? "";
    const data = await pageData(ctx.state, id, ctx.url, { site, message });
    return page(data, { status: problem.status });
  },
});

async function pageData(state: State, id: string, url: URL, refused: Refused | null = null) {
  const { channel, content } = await formChannel(state, id);
  const { allowedDomains, honeypot } = Sites.parse(channel.config);
  const asked = url.searchParams.get("way");
  const origin = state.config.url ?? url.origin;
  return {
    channel,
    way: EMBED_WAYS.find((one) => one === asked) ?? "script",
    snippets: formSnippets({ ...content, origin, channelId: id, honeypot }),
    origin,
    sites: allowedDomains,
    refused,
  };
}

export default define.page<typeof handler>(function EmbedForm({ data, url }) {
  const { channel, way, snippets, origin, sites, refused } = data;
  const here = url.pathname;
  const action = `${here}?way=${way}`;
  return (
    <div class="app">
      <Head>
        <title>{channel.name} · Put it on your site · Parley</title>
      </Head>
      <div class="bx fm-app">
        <FormBuilderTop
          title={channel.name}
          isPaused={channel.status === "paused"}
          note=""
          part="embed"
          settingsUrl={`/settings/channels/${channel.id}`}
          openUrl={`/forms/${channel.id}`}
        />
        <div class="fm-notices">
          {channel.status === "paused" && (
            <Banner kind="warn">
              This form is paused: it takes nothing until you start it again.
            </Banner>
          )}
        </div>
        <main class="fm-sites" aria-labelledby="embed-title">
          <div class="fm-embed">
            <h2 id="embed-title">Put it on your site</h2>
            <Tabs
              label="Ways to put it on your site"
              current={way}
              tabs={[
                { id: "script", label: "Script", href: `${here}?way=script` },
                { id: "html", label: "Plain HTML", href: `${here}?way=html` },
                { id: "own", label: "A form you have", href: `${here}?way=own` },
                { id: "link", label: "Link", href: `${here}?way=link` },
              ]}
            />
            <EmbedGuide way={way} snippets={snippets} origin={origin} />
            <h3>Trusted sites</h3>
            <div class="box">
              {sites.length === 0 && (
                <BoxRow
                  title="Any site"
                  text="Add one, and what is sent from others is kept as spam."
                />
              )}
              {sites.map((site) => (
                <BoxRow key={site} title={site} text="What is sent from here is trusted.">
                  <form method="post" action={action}>
                    <Button
                      kind="danger-quiet"
                      type="submit"
                      name="remove"
                      value={site}
                      aria-label={`Remove ${site}`}
                    >
                      Remove
                    </Button>
                  </form>
                </BoxRow>
              ))}
              <form class="box-row fm-add" method="post" action={action}>
                <TextField
                  name="site"
                  label="Add a site"
                  placeholder="shop.example or *.shop.example"
                  required
                  value={refused?.site ?? ""}
                  error={refused?.message}
                />
                <Button size="large" type="submit">Add</Button>
              </form>
            </div>
          </div>
        </main>
      </div>
    </div>
  );
});
