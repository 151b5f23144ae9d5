import type { ConnectionFixture } from "../../conformance/mod.ts";

/** Meta's side of a Page's subscription, for the conformance kit: which fields which app is subscribed to. */
export function subscriptionFixture(
  { appId, pageId }: { readonly appId: string; readonly pageId: string },
): ConnectionFixture {
  return {
    provider() {
      let fields: readonly string[] | null = null;
      const answer = (value: unknown) => ({ status: 200, body: JSON.stringify(value) });
      return {
        answer({ method, path }) {
          const url = new URL(path, "https://graph.facebook.com");
          if (url.pathname.endsWith("/debug_token")) {
            return answer({ data: { is_valid: true, app_id: appId, profile_id: pageId } });
          }
          if (!url.pathname.endsWith(`/${pageId}/subscribed_apps`)) {
            return { status: 404, body: '{"error":{"code":2500,"message":"Unknown path"}}' };
          }
          if (method === "GET") {
            return answer({
              data: fields === null ? [] : [{ id: appId, subscribed_fields: fields }],
            });
          }
          fields = method === "DELETE"
            ? null
            : (url.searchParams.get("subscribed_fields") ?? "").split(",").sort();
          return answer({ success: true });
        },
        state: () => fields,
      };
    },
  };
}
