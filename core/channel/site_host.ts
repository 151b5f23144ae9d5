import { z } from "zod";

/**
 * A site that may use a channel: a host name, with `*.` for all its subdomains and with a port if it is to be only that
 * one. An address pasted from a browser is cut down to its host.
 */
export const SiteHost = z.string().trim().toLowerCase()
  .transform((text) => text.replace(/^https?:\/\//, "").replace(/\/.*$/, ""))
  .pipe(
    z.string().max(253).regex(
      /^(?:\*\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::\d{1,5})?$|^\[[0-9a-f:]+\](?::\d{1,5})?$/,
      "must be a host name such as shop.example or *.shop.example",
    ),
  );
