/**
 * Rules for `deno lint`: what the folders may not reach for. The clock, ids, random numbers, timers
 * and the network are ports (`core/ports.ts`, the adapters' `io`), and only the store knows Deno KV.
 */

import { fileURLToPath } from "node:url";

/** Members that read the time or chance, by object. */
const IMPURE_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  Date: ["now"],
  Math: ["random"],
  performance: ["now"],
  crypto: ["getRandomValues", "randomUUID"],
};
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TIMERS = ["setTimeout", "setInterval", "setImmediate"];
const NETWORK = ["fetch", "WebSocket", "EventSource", "XMLHttpRequest"];
const SYSTEM = ["Deno", "process", "localStorage", "sessionStorage", "caches"];

/** The real side of the ports, which `main.ts` hands to the core. */
const REAL_PORTS = "core/platform/";
/** Where the core touches the system itself, and why. */
const SYSTEM_ALLOWED: readonly RegExp[] = [
  // The database and its lock are opened here.
  /^core\/store\//,
  // Backup, restore and doctor work on files.
  /^core\/admin\//,
];

/** How a channel's type is called where it is a variable of its own. */
const CHANNEL_TYPE = /^(channelType|adapterId)$/;

const plugin: Deno.lint.Plugin = {
  name: "parley",
  rules: {
    "no-impure-globals": {
      create(context) {
        const path = pathOf(context);
        const isAdapter = path.startsWith("adapters/");
        if (isTest(path) || !(isAdapter || path.startsWith("core/"))) return {};
        if (path.startsWith(REAL_PORTS)) return {};
        const mayUseSystem = !isAdapter && SYSTEM_ALLOWED.some((allowed) => allowed.test(path));
        const names = [...TIMERS, ...NETWORK, ...(mayUseSystem ? [] : SYSTEM)];
        const report = (node: Deno.lint.Node, what: string) =>
          context.report({ node, message: `${what} is not used here: take it from the ports` });
        const uses: Deno.lint.Identifier[] = [];
        const declared = new Set<string>();
        return {
          Identifier(node) {
            if (!names.includes(node.name)) return;
            if (isDeclaration(node)) declared.add(node.name);
            else if (isReference(node)) uses.push(node);
          },
          MemberExpression({ object, property }) {
            if (object.type !== "Identifier" || property.type !== "Identifier") return;
            if (IMPURE_MEMBERS[object.name]?.includes(property.name)) {
              report(property, `${object.name}.${property.name}`);
            }
          },
          NewExpression(node) {
            const isDate = node.callee.type === "Identifier" && node.callee.name === "Date";
            if (isDate && node.arguments.length === 0) report(node, "The current time");
          },
          "Program:exit"() {
            // A parameter or variable of that name is a port that was handed in.
            for (const use of uses) if (!declared.has(use.name)) report(use, use.name);
          },
        };
      },
    },
    "channel-type-not-compared": {
      create(context) {
        const path = pathOf(context);
        if (isTest(path) || path.startsWith("adapters/")) return {};
        const check = (node: Deno.lint.Node, type: Deno.lint.Node, others: Deno.lint.Node[]) => {
          if (!isChannelType(type) || !others.some(isText)) return;
          const message = "A channel's type is compared in adapters/ only: ask its capabilities";
          context.report({ node, message });
        };
        return {
          BinaryExpression(node) {
            if (!/^[!=]==?$/.test(node.operator)) return;
            check(node, node.left, [node.right]);
            check(node, node.right, [node.left]);
          },
          SwitchStatement(node) {
            const tests = node.cases.map(({ test }) => test).filter((test) => test !== null);
            check(node, node.discriminant, tests);
          },
          CallExpression(node) {
            const { callee, arguments: [given] } = node;
            if (given === undefined || callee.type !== "MemberExpression") return;
            const list = callee.object.type === "ArrayExpression" ? callee.object.elements : [];
            check(node, given, list);
          },
        };
      },
    },
    "kv-only-in-store": {
      create(context) {
        const path = pathOf(context);
        if (isTest(path) || path.startsWith("core/store/")) return {};
        const check = (node: Deno.lint.Node, object: Deno.lint.Node, name: Deno.lint.Node) => {
          const isDeno = object.type === "Identifier" && object.name === "Deno";
          if (isDeno && name.type === "Identifier" && /^(openKv|Kv\w*)$/.test(name.name)) {
            context.report({ node, message: "Deno KV is used in core/store only" });
          }
        };
        return {
          MemberExpression: (node) => check(node, node.object, node.property),
          TSQualifiedName: (node) => check(node, node.left, node.right),
        };
      },
    },
  },
};

export default plugin;

/** Below the project's root, with slashes. */
function pathOf({ filename }: Deno.lint.RuleContext): string {
  return filename.slice(filename.startsWith(ROOT) ? ROOT.length : 0).replaceAll("\\", "/");
}

function isTest(path: string): boolean {
  return /_test\.tsx?$/.test(path) || path.startsWith("tests/") || path.includes("/fixtures/");
}

/** `channel.type`, `message.channel?.type`, `adapter.id`, or a variable called after it. */
function isChannelType(node: Deno.lint.Node): boolean {
  if (node.type === "ChainExpression") return isChannelType(node.expression);
  if (node.type === "Identifier") return CHANNEL_TYPE.test(node.name);
  if (node.type !== "MemberExpression" || node.property.type !== "Identifier") return false;
  const { name } = node.property;
  if (CHANNEL_TYPE.test(name)) return true;
  const owner = lastName(node.object);
  return (name === "type" && /channel$/i.test(owner)) || (name === "id" && /adapter$/i.test(owner));
}

function lastName(node: Deno.lint.Node): string {
  if (node.type === "Identifier") return node.name;
  const isNamed = node.type === "MemberExpression" && node.property.type === "Identifier";
  return isNamed ? lastName(node.property) : "";
}

function isText(node: Deno.lint.Node): boolean {
  return node.type === "Literal" && typeof node.value === "string";
}

/** A parameter, variable, import or destructured property of this file. */
function isDeclaration(node: Deno.lint.Identifier): boolean {
  const { parent } = node;
  switch (parent.type) {
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return parent.params.some((param) => param === node);
    case "VariableDeclarator":
      return parent.id === node;
    case "AssignmentPattern":
      return parent.left === node;
    case "ImportSpecifier":
      return parent.local === node;
    case "Property":
      return parent.value === node && parent.parent.type === "ObjectPattern";
    default:
      return false;
  }
}

/** Not the name of a member, a key or a type's field. */
function isReference(node: Deno.lint.Identifier): boolean {
  const { parent } = node;
  switch (parent.type) {
    case "MemberExpression":
      return parent.object === node || parent.computed;
    case "Property":
      return parent.value === node && parent.parent.type === "ObjectExpression";
    case "TSPropertySignature":
    case "TSMethodSignature":
    case "MethodDefinition":
    case "PropertyDefinition":
    case "TSTypeQuery":
    case "ImportSpecifier":
    case "TSQualifiedName":
      return false;
    default:
      return true;
  }
}
