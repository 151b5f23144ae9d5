/** Saved views in the JSON API. Browser code imports only the types. */
import { z } from "zod";
import { ViewSharing, ViewSort } from "./view.ts";
import { ViewFilter } from "./view_filter.ts";

const Id = z.string().min(1).max(100);
const Name = z.string().trim().min(1, "Is needed").max(60);

/** A filter as JSON in an address. */
export const ViewFilterParam = z.string().max(16_000).transform(parseJson).pipe(ViewFilter);

export const ApiView = z.strictObject({
  id: Id,
  name: z.string(),
  /** Without a condition on the status: open conversations. */
  filter: ViewFilter,
  sort: ViewSort,
  sharing: ViewSharing,
  /** Null: made by an API token. */
  ownerId: Id.nullable(),
  /** Whether the caller may change it. */
  canChange: z.boolean(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
}).meta({ id: "View" });
export type ApiView = z.infer<typeof ApiView>;

export const ApiViewInput = z.strictObject({
  name: Name,
  filter: ViewFilter,
  sort: z.optional(ViewSort),
  /** Default: private; of an API token: everyone. */
  sharing: z.optional(ViewSharing),
}).meta({ id: "ViewInput" });
export type ApiViewInput = z.infer<typeof ApiViewInput>;

export const ApiViewPatch = ApiViewInput.partial().extend({
  /** Stands behind this view from now on; null: before all others. */
  afterId: Id.nullable().optional(),
}).meta({ id: "ViewPatch" });
export type ApiViewPatch = z.infer<typeof ApiViewPatch>;

/** Null, which no filter is, for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
