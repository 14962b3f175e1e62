import { Component, type ReactNode } from "react"

/**
 * Keeps an error of a widget inside of it: uncaught, it would take the dashboard's
 * whole page away.
 */
export class WidgetBoundary extends Component<
  { children: ReactNode },
  { hasFailed: boolean }
> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override render() {
    return this.state.hasFailed ? null : this.props.children
  }
}
