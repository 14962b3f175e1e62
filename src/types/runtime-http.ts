/** Answer of `GET` and `POST /admin/portal/test-clock`. */
export type TestClockResponse = {
  /** The plugin's time, ISO 8601 UTC, and whether the test clock gives it. */
  test_clock: { now: string; is_set: boolean }
}

/** Answer of `POST /admin/portal/jobs/:name/run`. */
export type JobRunResponse = {
  job: string
  /** What the job did, by its own names. */
  counts: Record<string, number>
}
