import { ActionDrawer } from "../../../../components/subscription/action-drawer"

const UnskipPage = () => {
  return <ActionDrawer action="unskip" />
}

export default UnskipPage
