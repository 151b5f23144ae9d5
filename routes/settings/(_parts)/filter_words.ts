import { nodesOf } from "@/core/model/match_filter.ts";
import type { ViewCondition, ViewFilter, ViewNode } from "@/core/model/view_filter.ts";
import { comparisonsOf, FIELDS } from "@/islands/(_client)/workspace/filter/fields.ts";

/** A filter in one line: "Tag is vip and Waiting for more than 24 hours". @param nameOf an id's or value's name. */
export function filterWords(
  filter: ViewFilter,
  nameOf: (field: ViewCondition["field"], value: string) => string,
): string {
  const join = "all" in filter ? " and " : " or ";
  const words = (node: ViewNode) =>
    "field" in node ? conditionWords(node, nameOf) : `(${filterWords(node, nameOf)})`;
  return nodesOf(filter).map(words).join(join);
}

function conditionWords(
  condition: ViewCondition,
  nameOf: (field: ViewCondition["field"], value: string) => string,
): string {
  const { field, is, value } = condition;
  const { label } = FIELDS[field];
  if (typeof value === "boolean") return value ? label : `not ${label.toLowerCase()}`;
  const compared = comparisonsOf(field).find((option) => option.value === is)?.label ?? is;
  if (typeof value === "string") return `${label} ${compared} “${value}”`;
  if ("unit" in value) return `${label} ${compared} ${value.amount} ${value.unit}`;
  return `${label} ${compared} ${value.map((one) => nameOf(field, one)).join(" or ")}`;
}
