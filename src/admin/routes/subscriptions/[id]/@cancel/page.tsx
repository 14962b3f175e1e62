import { ActionDrawer } from "../../../../components/subscription/action-drawer"

const CancelPage = () => {
  return <ActionDrawer action="cancel" />
}

export default CancelPage
