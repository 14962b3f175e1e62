const fs = require("node:fs")
const path = require("node:path")

process.env.NODE_ENV = "test"
process.env.LOG_LEVEL = process.env.DEBUG_LOGS ? "info" : "error"
process.env.MEDUSA_DISABLE_TELEMETRY = "true"

const SETUP = "<rootDir>/integration-tests/setup"

/** What the three projects share. */
const base = {
  rootDir: __dirname,
  testEnvironment: "node",
  moduleFileExtensions: ["js", "ts", "tsx", "json"],
  modulePathIgnorePatterns: ["/.medusa/", "/dist/"],
  testPathIgnorePatterns: ["/node_modules/", "/.medusa/", "/.demo/"],
  transform: {
    "^.+\\.[jt]sx?$": [
      "@swc/jest",
      {
        jsc: {
          parser: { syntax: "typescript", tsx: true, decorators: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            react: { runtime: "automatic" },
          },
          // As the build: at es2022 a declared field would reset what a parent set.
          target: "es2021",
        },
      },
    ],
  },
}

module.exports = {
  maxWorkers: 2,
  // Each file that boots the app leaves some 100 MB behind in its worker: without
  // a new process now and then, a whole run ends at the heap's limit.
  workerIdleMemoryLimit: "1GB",
  testTimeout: 120_000,
  projects: [
    {
      ...base,
      displayName: "unit",
      testMatch: [
        "<rootDir>/src/**/__tests__/**/*.unit.spec.ts?(x)",
        "<rootDir>/integration-tests/helpers/**/__tests__/*.unit.spec.ts",
      ],
    },
    {
      ...base,
      displayName: "modules",
      testMatch: ["<rootDir>/src/modules/*/__tests__/*.spec.ts"],
      testPathIgnorePatterns: [
        ...base.testPathIgnorePatterns,
        "\\.unit\\.spec\\.ts$",
      ],
      globalSetup: `${SETUP}/postgres.ts`,
      globalTeardown: `${SETUP}/teardown.ts`,
    },
    {
      ...base,
      displayName: "http",
      testMatch: [
        "<rootDir>/integration-tests/{http,crash,scale}/**/*.spec.ts",
      ],
      globalSetup: `${SETUP}/template.ts`,
      setupFilesAfterEnv: [`${SETUP}/quiet.ts`],
      globalTeardown: `${SETUP}/teardown.ts`,
    },
  ],
  // A whole run passes the gates; a part of it could not.
  collectCoverage: process.argv.length === 2,
  collectCoverageFrom: [
    "src/**/*.{ts,tsx}",
    "!src/**/__tests__/**",
    "!src/**/migrations/**",
    "!src/admin/**",
    "!src/types/**",
    "!**/*.d.ts",
  ],
  coverageDirectory: "coverage",
  coverageReporters: ["text-summary", "json-summary", "lcov"],
  coverageThreshold: thresholds(),
}

/** The gates. Jest refuses a gate for a folder without files. */
function thresholds() {
  const gates = { global: { lines: 75 } }
  const gate = (folder, limits) => {
    if (fs.existsSync(path.join(__dirname, folder))) {
      gates[`./${folder}/`] = limits
    }
  }
  gate("src/shared", { branches: 95 })
  for (const module of list("src/modules")) {
    gate(`src/modules/${module}/domain`, { branches: 95 })
  }
  gate("src/workflows", { lines: 80 })
  return gates
}

function list(folder) {
  const full = path.join(__dirname, folder)
  return fs.existsSync(full) ? fs.readdirSync(full) : []
}
