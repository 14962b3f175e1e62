import { RouteFocusModal } from "@medusajs/dashboard/components"
import { CreateSubscriptionForm } from "../../../components/manual/create-form"

const CreateSubscriptionPage = () => {
  return (
    <RouteFocusModal>
      <CreateSubscriptionForm />
    </RouteFocusModal>
  )
}

export default CreateSubscriptionPage
