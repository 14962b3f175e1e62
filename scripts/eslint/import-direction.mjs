/**
 * ESLint rule: which folder of `src/` may import which.
 *
 * `no-restricted-imports` sees only the text of an import, so that
 * `../../admin` means `src/admin` in one file and `src/api/admin` in another,
 * and "another module" cannot be said at all. This rule resolves the path.
 */
import path from "node:path"

/**
 * A layer, and the layers that it may import besides itself. `api`,
 * `subscribers` and `jobs` reach a module through its `index.ts`: its models
 * and its rules (`domain/`) are behind its service and the workflows.
 */
export const LAYERS = {
  "error-codes": ["types"],
  types: ["error-codes"],
  shared: ["types", "error-codes"],
  domain: ["shared", "types", "error-codes"],
  errors: ["error-codes", "shared", "types"],
  database: ["errors", "types"],
  module: ["domain", "database", "shared", "types", "errors", "error-codes"],
  links: ["module", "types"],
  emails: ["shared", "types"],
  providers: ["shared", "types", "errors", "error-codes"],
  policies: ["types"],
  workflows: [
    "module",
    "domain",
    "links",
    "emails",
    "shared",
    "types",
    "errors",
    "error-codes",
  ],
  api: [
    "workflows",
    "module",
    "links",
    "shared",
    "types",
    "errors",
    "error-codes",
  ],
  // What merchants put before routes of their own.
  middlewares: ["api", "types"],
  subscribers: [
    "workflows",
    "module",
    "shared",
    "types",
    "errors",
    "error-codes",
  ],
  jobs: ["workflows", "module", "shared", "types", "errors", "error-codes"],
  admin: ["types"],
  portal: ["types"],
}

/** Inside these layers each folder is a world of its own. */
const CLOSED = new Set(["module", "domain", "providers"])

/**
 * @param {string} file path from the root of the package, with `/`
 * @returns {{ layer: string, unit?: string } | undefined} undefined outside of
 * the layers: tests, the demo, packages
 */
export function layerOf(file) {
  if (/(^|\/)__tests__\//.test(file)) {
    return undefined
  }
  const [root, folder, unit, inner] = file.split("/")
  if (root === "portal") {
    return { layer: "portal" }
  }
  if (root !== "src" || folder === undefined) {
    return undefined
  }
  if (folder === "modules") {
    return { layer: inner === "domain" ? "domain" : "module", unit }
  }
  if (folder === "providers") {
    return { layer: "providers", unit }
  }
  if (/^src\/errors\/codes(\.ts)?$/.test(file)) {
    return { layer: "error-codes" }
  }
  return { layer: folder }
}

/** The part of a module that others see: `src/modules/<m>` or its index. */
const isModuleIndex = (file) =>
  /^src\/modules\/[^/]+(\/index(\.ts)?)?$/.test(file)

/**
 * @param {string} from importing file, from the root of the package
 * @param {string} to imported file, from the root of the package
 * @returns {string | undefined} what is wrong with it
 */
export function judge(from, to) {
  const source = layerOf(from)
  if (!source) {
    return undefined
  }
  const allowed = LAYERS[source.layer]
  if (!allowed) {
    return `src/${source.layer} has no place in the layers: add it to scripts/eslint/import-direction.mjs.`
  }
  if (/(^|\/)__tests__(\/|$)/.test(to)) {
    return "Code never imports its tests."
  }
  const target = layerOf(to)
  if (!target) {
    return `${to} is outside of the layers.`
  }
  if (CLOSED.has(source.layer) && CLOSED.has(target.layer)) {
    if (source.unit !== target.unit) {
      return `${source.unit} never imports ${target.unit ?? to}: what needs both is a workflow.`
    }
  }
  if (source.layer !== target.layer && !allowed.includes(target.layer)) {
    return `${source.layer} never imports ${target.layer} (allowed: ${allowed.join(", ")}).`
  }
  if (
    ["api", "subscribers", "jobs", "links"].includes(source.layer) &&
    target.layer === "module" &&
    !isModuleIndex(to)
  ) {
    return `${source.layer} imports a module only through its index.`
  }
  return undefined
}

export default {
  meta: {
    type: "problem",
    docs: { description: "Imports point one way." },
    messages: { wrong: "{{ reason }}" },
    schema: [],
  },
  create(context) {
    const relative = (file) =>
      path.relative(context.cwd, file).split(path.sep).join("/")
    const from = relative(context.filename)
    const check = (source) => {
      if (typeof source?.value !== "string" || !source.value.startsWith(".")) {
        return
      }
      const to = relative(
        path.resolve(path.dirname(context.filename), source.value)
      )
      const reason = judge(from, to)
      if (reason) {
        context.report({ node: source, messageId: "wrong", data: { reason } })
      }
    }
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.argument?.literal ?? node.source),
      'CallExpression[callee.name="require"]': (node) =>
        check(node.arguments[0]),
    }
  },
}
