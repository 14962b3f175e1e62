import { RouteFocusModal } from "@medusajs/dashboard/components"
import { CreatePlanForm } from "../../../../components/plan/create-form"

const CreatePlanPage = () => {
  return (
    <RouteFocusModal>
      <CreatePlanForm />
    </RouteFocusModal>
  )
}

export default CreatePlanPage
