import { ActionDrawer } from "../../../../components/subscription/action-drawer"

const ReactivatePage = () => {
  return <ActionDrawer action="reactivate" />
}

export default ReactivatePage
