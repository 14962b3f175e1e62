import { ActionDrawer } from "../../../../components/subscription/action-drawer"

const ReschedulePage = () => {
  return <ActionDrawer action="reschedule" />
}

export default ReschedulePage
