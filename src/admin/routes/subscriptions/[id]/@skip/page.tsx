import { ActionDrawer } from "../../../../components/subscription/action-drawer"

const SkipPage = () => {
  return <ActionDrawer action="skip" />
}

export default SkipPage
