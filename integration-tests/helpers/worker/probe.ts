import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

/** What the harness's own test lets a worker do. */
export async function countRegions(
  container: MedusaContainer
): Promise<number> {
  const regions = await container.resolve(Modules.REGION).listRegions()
  return regions.length
}

export async function sleep(
  _container: MedusaContainer,
  milliseconds: number
): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds))
}
