import { ActionDrawer } from "../../../../components/subscription/action-drawer"

const ResumePage = () => {
  return <ActionDrawer action="resume" />
}

export default ResumePage
