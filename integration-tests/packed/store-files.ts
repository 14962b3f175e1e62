import fs from "node:fs"
import path from "node:path"

type Manifest = {
  name: string
  devDependencies: Record<string, string>
}

/** The store's own packages, in the versions that the plugin is developed with. */
const STORE_PACKAGES = [
  "@medusajs/admin-sdk",
  "@medusajs/cli",
  "@medusajs/framework",
  "@medusajs/medusa",
]
const BUILD_PACKAGES = ["@swc/core", "@types/node", "ts-node", "typescript"]

/** A store as a merchant has it: one plugin, no option of it set, its mails. */
export function writeStore(
  folder: string,
  tarball: string,
  plugin: Manifest
): void {
  const pick = (names: string[]): Record<string, string> =>
    Object.fromEntries(
      names.map((name) => [name, plugin.devDependencies[name] ?? ""])
    )
  const write = (file: string, content: string): void => {
    const target = path.join(folder, file)
    fs.mkdirSync(path.dirname(target), { recursive: true })
    fs.writeFileSync(target, content)
  }

  write(
    "package.json",
    JSON.stringify(
      {
        name: "fresh-store",
        version: "0.0.0",
        private: true,
        dependencies: {
          ...pick(STORE_PACKAGES),
          [plugin.name]: `file:${tarball}`,
        },
        devDependencies: pick(BUILD_PACKAGES),
      },
      null,
      2
    )
  )
  write(
    "tsconfig.json",
    JSON.stringify({
      compilerOptions: {
        target: "ES2021",
        module: "Node16",
        moduleResolution: "Node16",
        esModuleInterop: true,
        strict: true,
        skipLibCheck: true,
        rootDir: ".",
        outDir: ".medusa/server",
        types: ["node"],
      },
      "ts-node": { swc: true },
      include: ["**/*"],
      exclude: ["node_modules", ".medusa"],
    })
  )
  write(
    "medusa-config.ts",
    `import { defineConfig } from "@medusajs/framework/utils"

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    databaseDriverOptions: { connection: { ssl: false } },
    http: {
      storeCors: "http://localhost:8000",
      adminCors: "http://localhost:9000",
      authCors: "http://localhost:9000",
      jwtSecret: process.env.JWT_SECRET,
      cookieSecret: process.env.COOKIE_SECRET,
    },
  },
  plugins: [{ resolve: "${plugin.name}", options: {} }],
  modules: [
    {
      resolve: "@medusajs/medusa/notification",
      options: {
        providers: [
          {
            resolve: "${plugin.name}/providers/notification-resend",
            id: "resend",
            options: {
              channels: ["email"],
              apiKey: "re_unused",
              from: "Store <store@example.com>",
            },
          },
        ],
      },
    },
  ],
})
`
  )
  // `medusa build` type-checks it: the published declarations resolve.
  write(
    "src/lib/uses-the-plugin.ts",
    `import type * as entry from "${plugin.name}"
import type * as types from "${plugin.name}/types"
import { requireEntitlement } from "${plugin.name}/middlewares"
import * as workflows from "${plugin.name}/workflows"

export type Entry = typeof entry
export type Types = typeof types
export const names: string[] = Object.keys(workflows)
export const guard = requireEntitlement("courses")
`
  )
}
