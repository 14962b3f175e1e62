/** What has to be stopped, in the opposite order of its start. Once only. */
export class Cleanup {
  private tasks_: (() => Promise<void>)[] = []
  private running_: Promise<void> | undefined

  get hasStarted(): boolean {
    return this.running_ !== undefined
  }

  add(task: () => Promise<void>): void {
    this.tasks_.push(task)
  }

  /** Stops everything; who asks again waits for the same. */
  run(): Promise<void> {
    this.running_ ??= this.stopAll_()
    return this.running_
  }

  private async stopAll_(): Promise<void> {
    for (const task of this.tasks_.reverse()) {
      try {
        await task()
      } catch (error) {
        process.stderr.write(`While stopping: ${String(error)}\n`)
      }
    }
  }
}
