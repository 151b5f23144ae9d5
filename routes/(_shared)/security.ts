import type { Config, Log } from "@/core/mod.ts";
import { errorResponse } from "./http_error.ts";
import { unknownHostPage } from "./host_rule.ts";
import { isOwnOrigin } from "./origin_check.ts";
import { remoteAddressOf } from "./remote_address.ts";
import { secured } from "./security_headers.ts";
import { isTls } from "./session.ts";

/** A request as the guard looks at it. */
export interface GuardedRequest {
  readonly req: Request;
  readonly url: URL;
  /** Address of the socket's other end. */
  readonly socketAddress: string;
  readonly mode: "development" | "production";
}

/** Stands in front of every route. */
export interface Guard {
  /** The client's address, behind the proxies that are believed. */
  remoteAddress(request: GuardedRequest): string;
  /** Refuses unknown hosts and requests of other sites, else answers by `next`; adds the security headers to all. */
  run(request: GuardedRequest, next: () => Promise<Response>): Promise<Response>;
}

/** @param options `config` and `log` of the process. */
export function createGuard(
  options: { readonly config: Pick<Config, "url" | "trustProxy">; readonly log: Log },
): Guard {
  const { config, log } = options;
  let hasWarned = false;

  function refusal({ req, url }: GuardedRequest): Response | null {
    const page = unknownHostPage(url, config);
    if (page) return page;
    return isOwnOrigin(req, url, config) ? null : errorResponse({ code: "foreign_origin" });
  }

  return {
    remoteAddress({ req, socketAddress }) {
      const forwardedFor = req.headers.get("x-forwarded-for");
      if (forwardedFor !== null && config.trustProxy === 0 && !hasWarned) {
        hasWarned = true;
        log("warn", "proxy header not trusted", {
          hint:
            "Set PARLEY_TRUST_PROXY to the number of proxies in front, or limits count the proxy",
        });
      }
      return remoteAddressOf({ socketAddress, forwardedFor, hops: config.trustProxy });
    },

    async run(request, next) {
      const response = refusal(request) ?? await next();
      return secured(response, {
        isTls: isTls(config),
        isDevelopment: request.mode === "development",
        pathname: request.url.pathname,
      });
    },
  };
}
