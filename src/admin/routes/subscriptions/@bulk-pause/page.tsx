import { BulkDrawer } from "../../../components/subscription/bulk-drawer"

const BulkPausePage = () => <BulkDrawer action="pause" />

export default BulkPausePage
