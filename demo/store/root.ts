import path from "node:path"

/** The folder of the repository, where `medusa-config.ts` is. */
export const ROOT = path.resolve(__dirname, "../..")
