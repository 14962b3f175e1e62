/**
 * State machines as data. A machine is a full table: every event of every
 * state that is not final either leads to a state or is refused with `null`,
 * and TypeScript misses a cell that is not there.
 */
import type { PortalErrorCode } from "../errors/codes"
import { CodedError } from "./coded-error"

/** What a machine is made of. */
export interface MachineDefinition<
  S extends string,
  E extends string,
  F extends S,
> {
  /** For messages: "subscription". */
  name: string
  states: readonly S[]
  events: readonly E[]
  initial: S
  /** States that nothing leaves. None: the machine never comes to an end. */
  final: readonly F[]
  /** Where an event leads from a state; `null` refuses it. */
  transitions: Record<Exclude<S, F>, Record<E, S | null>>
  /** Code of a refusal. `transition_not_allowed` unless told. */
  errorCode?: PortalErrorCode
}

type TransitionTable<S extends string> = Readonly<
  Record<string, Readonly<Record<string, S | null>>>
>

/** A machine, made by {@link defineMachine}. */
export interface Machine<S extends string, E extends string> {
  readonly name: string
  readonly states: readonly S[]
  readonly events: readonly E[]
  readonly initial: S
  readonly final: readonly S[]
  /** The table, as it was defined; final states have no row. */
  readonly transitions: TransitionTable<S>
  /** Whether an event is allowed. A state or event it does not know: false. */
  can: (state: string, event: string) => boolean
  /**
   * The state to which an event leads.
   *
   * @throws CodedError the machine's code, with `details`
   * `{ machine, state, event, allowed }`
   */
  next: (state: string, event: E) => S
  /** The events that a state allows, in the order of the definition. */
  allowed: (state: string) => E[]
  /** The states that allow an event: the `WHERE status IN (…)` of an update. */
  sources: (event: E) => S[]
  /** Whether nothing leaves a state. */
  isFinal: (state: string) => boolean
}

/**
 * Makes a machine of a table.
 *
 * @example
 * const door = defineMachine({
 *   name: "door",
 *   states: ["open", "shut", "bricked_up"],
 *   events: ["open", "shut", "brick_up"],
 *   initial: "shut",
 *   final: ["bricked_up"],
 *   transitions: {
 *     open: { open: null, shut: "shut", brick_up: null },
 *     shut: { open: "open", shut: null, brick_up: "bricked_up" },
 *   },
 * })
 * door.next("shut", "open") // "open"
 */
export function defineMachine<
  const S extends string,
  const E extends string,
  const F extends S,
>(definition: MachineDefinition<S, E, F>): Machine<S, E> {
  const { name, states, events, initial, final, transitions } = definition
  const target = (state: string, event: string): S | null =>
    cell(transitions, state, event) ?? null
  const allowed = (state: string) =>
    events.filter((event) => target(state, event) !== null)

  const machine: Machine<S, E> = {
    name,
    states,
    events,
    initial,
    final,
    transitions,
    can: (state, event) => target(state, event) !== null,
    allowed,
    sources: (event) => states.filter((state) => machine.can(state, event)),
    isFinal: (state) => final.some((end) => end === state),
    next: (state, event) => {
      const to = target(state, event)
      if (to === null) {
        throw new CodedError(
          definition.errorCode ?? "transition_not_allowed",
          `A ${name} that is "${state}" does not allow "${event}".`,
          { machine: name, state, event, allowed: allowed(state) }
        )
      }
      return to
    },
  }
  return machine
}

/**
 * Proves that a machine is whole: each pair of state and event is decided,
 * each target exists, each state can be reached, and a final state can be
 * reached from each (unless there is none). For a test of every machine.
 *
 * @throws CodedError `invalid_options`, whose message lists all faults
 * @example
 * it("is complete", () => assertComplete(subscriptionMachine))
 */
export function assertComplete<S extends string, E extends string>(
  machine: Machine<S, E>
): void {
  const { name, states, events, initial, final, transitions } = machine
  const open = states.filter((state) => !machine.isFinal(state))
  const targets = (state: string) =>
    events.flatMap((event) => cell(transitions, state, event) ?? [])

  const faults = [
    ...difference([initial, ...final, ...states.flatMap(targets)], states).map(
      (state) => `"${state}" is no state`
    ),
    ...difference(Object.keys(transitions), open).map(
      (state) => `"${state}" must not have transitions`
    ),
    ...open.flatMap((state) =>
      events
        .filter((event) => cell(transitions, state, event) === undefined)
        .map((event) => `"${state}" does not decide "${event}"`)
    ),
    ...difference(states, reach([initial], targets)).map(
      (state) => `"${state}" cannot be reached`
    ),
  ]
  if (final.length) {
    const leadingTo = (end: S) =>
      open.filter((state) => targets(state).includes(end))
    faults.push(
      ...difference(states, reach(final, leadingTo)).map(
        (state) => `"${state}" has no way out`
      )
    )
  }
  if (faults.length) {
    throw new CodedError(
      "invalid_options",
      `Machine "${name}": ${faults.join("; ")}.`
    )
  }
}

/** A cell of the table; undefined where there is none. */
function cell<S extends string>(
  table: TransitionTable<S>,
  state: string,
  event: string
): S | null | undefined {
  const row = Object.hasOwn(table, state) ? table[state] : undefined
  return row && Object.hasOwn(row, event) ? row[event] : undefined
}

function reach<S extends string>(
  from: readonly S[],
  step: (state: S) => readonly S[]
): Set<S> {
  const seen = new Set(from)
  // A set that grows while it is walked is walked to its end.
  for (const state of seen) {
    step(state).forEach((next) => seen.add(next))
  }
  return seen
}

function difference<T>(all: readonly T[], known: Iterable<T>): T[] {
  const rest = new Set(all)
  for (const one of known) {
    rest.delete(one)
  }
  return [...rest]
}
