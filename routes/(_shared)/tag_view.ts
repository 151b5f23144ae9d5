import type { ApiTag } from "@/core/model/api.ts";
import type { Tag } from "@/core/model/tag.ts";
import { isoTime } from "./views.ts";

/** A tag in the API's shape. */
export function tagView({ createdAt, updatedAt, ...rest }: Tag): ApiTag {
  return { ...rest, createdAt: isoTime(createdAt), updatedAt: isoTime(updatedAt) };
}
