import medusa from "@medusajs/eslint-plugin"
import reactHooks from "eslint-plugin-react-hooks"
import tseslint from "typescript-eslint"
import { builtinModules } from "node:module"
import importDirection from "./scripts/eslint/import-direction.mjs"

const TESTS = [
  "**/__tests__/**/*.{ts,tsx}",
  "integration-tests/**/*.ts",
  "**/*.spec.ts",
]
const PURE = ["src/shared/**/*.ts", "src/modules/*/domain/**/*.ts"]
const BROWSER = ["src/admin/**/*.{ts,tsx}", "portal/**/*.{ts,tsx}"]

/** The packages that a pure file must not know. */
const IMPURE_PACKAGES = {
  regex: `^(@medusajs/|@mikro-orm/|node:|(awilix|express|knex|pg|stripe|${builtinModules.filter((name) => !name.startsWith("_")).join("|")})(/|$))`,
  message: "Pure code: no framework, no database, no Node.",
}

/** Time and chance come from outside, so that a test can fix them. */
const AMBIENT = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: "Take the time as a parameter (a Clock or a Date).",
  },
  {
    selector: "CallExpression[callee.name='Date']",
    message: "Take the time as a parameter (a Clock or a Date).",
  },
  {
    selector:
      "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: "Take the time as a parameter (a Clock or a Date).",
  },
  {
    selector:
      "CallExpression[callee.object.name='DateTime'][callee.property.name=/^(now|local|utc)$/][arguments.length=0]",
    message: "Take the time as a parameter (a Clock or a Date).",
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: "Take the randomness as a parameter.",
  },
]

/** Lines of code (without blanks and comments) that a file may have. */
const maxLines = (files, lines, perFunction = 100) => ({
  files,
  rules: {
    "max-lines": [
      "error",
      { max: lines, skipBlankLines: true, skipComments: true },
    ],
    "max-lines-per-function": [
      "error",
      { max: perFunction, skipBlankLines: true, skipComments: true },
    ],
  },
})

/** Medusa's preset ignores all tests; ours are linted, by the block for tests. */
const withoutIgnores = (configs) =>
  configs.filter((config) => Object.keys(config).join() !== "ignores")

const off = (names) => Object.fromEntries(names.map((name) => [name, "off"]))

export default tseslint.config(
  {
    ignores: [
      ".medusa/**",
      ".demo/**",
      "coverage/**",
      "static/**",
      "portal/dist/**",
      "src/modules/*/migrations/**",
      "index.d.ts",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },

  ...withoutIgnores(medusa.configs.strict),
  ...tseslint.configs.recommendedTypeChecked,
  {
    files: ["**/*.{ts,tsx}"],
    plugins: { portal: { rules: { "import-direction": importDirection } } },
    languageOptions: {
      parserOptions: {
        project: ["./tsconfig.test.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "portal/import-direction": "error",
      curly: ["error", "all"],
      eqeqeq: ["error", "smart"],
      "no-console": "error",
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "inline-type-imports" },
      ],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // Medusa wants services, subscribers and jobs to be async in any case
      // (`service-methods-must-be-async` and others of its own rules).
      "@typescript-eslint/require-await": "off",
    },
  },

  // Sizes: the last block that fits a file holds.
  maxLines(["src/**/*.{ts,tsx}"], 300),
  maxLines(
    ["src/api/**/*.ts", "src/subscribers/**/*.ts", "src/jobs/**/*.ts"],
    150
  ),
  maxLines(["src/workflows/**/*.ts"], 300, 150),
  maxLines(["src/workflows/**/steps/**/*.ts"], 150),
  maxLines(["src/modules/*/service.ts"], 500),
  maxLines(
    ["src/admin/**/*.tsx", "portal/**/*.tsx", "src/emails/**/*.tsx"],
    350,
    150
  ),

  // Ids of workflows are one list for all plugins of a store: ours begin with
  // "portal-", where Medusa's rule wants the name of the variable and no more.
  {
    files: ["src/workflows/**/*.ts"],
    rules: {
      "@medusajs/workflow-id-matches-export-or-filename": "off",
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "CallExpression[callee.name='createWorkflow'] > Literal.arguments:first-child:not([value=/^portal(-[a-z0-9]+)+$/])",
          message: "An id is in kebab-case and begins with `portal-`.",
        },
      ],
    },
  },

  // Pure code.
  {
    files: PURE,
    rules: {
      "no-restricted-imports": ["error", { patterns: [IMPURE_PACKAGES] }],
      "no-restricted-syntax": ["error", ...AMBIENT],
    },
  },
  {
    files: ["src/shared/{token,link-token,short-code}.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              ...IMPURE_PACKAGES,
              regex: IMPURE_PACKAGES.regex.replace("node:", "node:(?!crypto$)"),
            },
          ],
        },
      ],
    },
  },
  { files: ["src/shared/clock.ts"], rules: { "no-restricted-syntax": "off" } },

  // Browser code: the admin and the portal.
  {
    files: BROWSER,
    plugins: { "react-hooks": reactHooks },
    languageOptions: {
      parserOptions: {
        project: ["./src/admin/tsconfig.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "@typescript-eslint/no-misused-promises": [
        "error",
        { checksVoidReturn: { attributes: false } },
      ],
    },
  },

  // What is not a part of the plugin: tests, the demo, the benchmarks, the
  // store's own configuration. Medusa's rules know a file by its folder
  // (`api/`, `http/`), which says nothing here.
  {
    files: [
      ...TESTS,
      "demo/**/*.ts",
      "benchmarks/**/*.ts",
      "medusa-config.ts",
      "**/*.{js,mjs,cjs}",
    ],
    rules: {
      ...off(Object.keys(medusa.rules).map((name) => `@medusajs/${name}`)),
      "no-console": "off",
      "max-lines": [
        "error",
        { max: 500, skipBlankLines: true, skipComments: true },
      ],
      "max-lines-per-function": "off",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: TESTS,
    rules: {
      // A pure file's test may read the acceptance cases from the disk.
      "no-restricted-imports": "off",
      // Bodies of HTTP answers are `any` until a test has looked at them.
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },

  // Plain JavaScript: configuration and scripts.
  { files: ["**/*.{js,mjs,cjs}"], ...tseslint.configs.disableTypeChecked },
  {
    files: ["**/*.{js,cjs}"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  }
)
