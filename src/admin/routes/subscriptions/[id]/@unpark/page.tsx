import { ActionDrawer } from "../../../../components/subscription/action-drawer"

const UnparkPage = () => {
  return <ActionDrawer action="unpark" />
}

export default UnparkPage
