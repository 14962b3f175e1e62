import { ActionDrawer } from "../../../../components/subscription/action-drawer"

const PausePage = () => {
  return <ActionDrawer action="pause" />
}

export default PausePage
