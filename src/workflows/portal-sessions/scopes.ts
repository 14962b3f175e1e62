/** The rules of scopes and flows, for those outside of the module. */
export {
  FLOWS,
  flowObject,
  flowPath,
} from "../../modules/portal-session/domain/flows"
export {
  covers,
  LINK_SCOPES,
  READ_SCOPES,
  scopesOfRole,
} from "../../modules/portal-session/domain/scopes"
