import { missing } from "../http/errors"
import { listPage } from "../http/list"
import { pathValue, type Route } from "./route"

const PATH = "/v1/events"
const kind = "event"

/** Endpoints of events. */
export const eventRoutes: Route[] = [
  {
    method: "GET",
    path: PATH,
    kind,
    list: true,
    handle: ({ store }, params) => {
      const single = params.id("type")
      const types = params.list("types") ?? (single ? [single] : undefined)
      const wanted = [...store.events.values()].filter(
        (event) => !types || types.some((type) => covers(type, event.type))
      )
      return listPage(wanted, params, PATH)
    },
  },
  {
    method: "GET",
    path: `${PATH}/{id}`,
    kind,
    handle: ({ store }, _params, path) => {
      const id = pathValue(path, "id")
      const found = store.events.get(id)
      if (!found) {
        throw missing("event", id, "id")
      }
      return found
    },
  },
]

/** `charge.*` stands for every event of charges. */
function covers(wanted: string, type: string): boolean {
  return wanted.endsWith(".*")
    ? type.startsWith(wanted.slice(0, -1))
    : wanted === type
}
