/** The values of `{name}` placeholders in a path. */
export type PathValues = Record<string, string>

/**
 * Matches a path against a template such as `/v1/customers/{customer}`;
 * `undefined` when it does not fit.
 */
export function matchPath(
  template: string,
  path: string
): PathValues | undefined {
  const expected = template.split("/")
  const actual = path.split("/")
  if (expected.length !== actual.length) {
    return undefined
  }
  const values: PathValues = {}
  for (const [index, part] of expected.entries()) {
    const given = actual[index] ?? ""
    if (part.startsWith("{") && part.endsWith("}")) {
      values[part.slice(1, -1)] = decodeURIComponent(given)
    } else if (part !== given) {
      return undefined
    }
  }
  return values
}

/** The best fitting template: a literal part wins over a placeholder. */
export function findTemplate(
  templates: Iterable<string>,
  path: string
): string | undefined {
  const fitting = [...templates].filter((one) => matchPath(one, path))
  return fitting.find((one) => one === path) ?? fitting[0]
}
