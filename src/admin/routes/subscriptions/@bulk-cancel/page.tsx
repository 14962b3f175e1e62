import { BulkDrawer } from "../../../components/subscription/bulk-drawer"

const BulkCancelPage = () => <BulkDrawer action="cancel" />

export default BulkCancelPage
