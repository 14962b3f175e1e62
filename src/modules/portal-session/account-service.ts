import {
  generateEntityId,
  InjectManager,
  MedusaContext,
} from "@medusajs/framework/utils"
import type { ModuleContext } from "../../database/execute"
import { MetricsService } from "./metrics-service"
import {
  findVerifiedEmail,
  summarizeAccount,
  type AccountSummary,
} from "./queries/account-summary"
import {
  acceptInvitation,
  findInvitation,
  insertMember,
  renewInvitation,
} from "./queries/invitations"
import type { MemberRow } from "./queries/member-row"
import { listMembers, removeMember, setMemberRole } from "./queries/members"
import { findMembership, listMemberships } from "./queries/memberships"
import {
  listPreferences,
  readPreferences,
  writePreferences,
  type PreferenceRow,
} from "./queries/preferences"

/** The part of the module's service about members and preferences. */
export class AccountService extends MetricsService {
  /** See `readPreferences`. */
  @InjectManager()
  async readPreferences(
    key: Parameters<typeof readPreferences>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<PreferenceRow> {
    return await readPreferences(sharedContext, key)
  }

  /** See `listPreferences`. */
  @InjectManager()
  async listPreferences(
    customerIds: string[],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): ReturnType<typeof listPreferences> {
    return await listPreferences(sharedContext, customerIds)
  }

  /** See `writePreferences`. */
  @InjectManager()
  async writePreferences(
    change: Omit<Parameters<typeof writePreferences>[1], "id">,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<PreferenceRow> {
    const id = generateEntityId(undefined, "ppref")
    return await writePreferences(sharedContext, { ...change, id })
  }

  /** See `summarizeAccount`. */
  @InjectManager()
  async summarizeAccount(
    input: Parameters<typeof summarizeAccount>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<AccountSummary> {
    return await summarizeAccount(sharedContext, input)
  }

  /** See `findVerifiedEmail`. */
  @InjectManager()
  async findVerifiedEmail(
    customer_id: string,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<string | null> {
    return await findVerifiedEmail(sharedContext, customer_id)
  }

  /** See `listMembers`. */
  @InjectManager()
  async findMembers(
    input: Parameters<typeof listMembers>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): ReturnType<typeof listMembers> {
    return await listMembers(sharedContext, input)
  }

  /** See `insertMember`. */
  @InjectManager()
  async inviteMember(
    input: Parameters<typeof insertMember>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<MemberRow | null> {
    return await insertMember(sharedContext, input)
  }

  /** See `renewInvitation`. */
  @InjectManager()
  async renewInvitation(
    input: Parameters<typeof renewInvitation>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<MemberRow | null> {
    return await renewInvitation(sharedContext, input)
  }

  /** See `acceptInvitation`. */
  @InjectManager()
  async acceptInvitation(
    input: Parameters<typeof acceptInvitation>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<MemberRow | null> {
    return await acceptInvitation(sharedContext, input)
  }

  /** See `findInvitation`. */
  @InjectManager()
  async findInvitation(
    input: Parameters<typeof findInvitation>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<MemberRow | null> {
    return await findInvitation(sharedContext, input)
  }

  /** See `setMemberRole`. */
  @InjectManager()
  async setMemberRole(
    input: Parameters<typeof setMemberRole>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<MemberRow | null> {
    return await setMemberRole(sharedContext, input)
  }

  /** See `removeMember`. */
  @InjectManager()
  async removeMember(
    input: Parameters<typeof removeMember>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<MemberRow | null> {
    return await removeMember(sharedContext, input)
  }

  /** See `listMemberships`. */
  @InjectManager()
  async listMemberships(
    input: Parameters<typeof listMemberships>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<MemberRow[]> {
    return await listMemberships(sharedContext, input)
  }

  /** See `findMembership`. */
  @InjectManager()
  async findMembership(
    input: Parameters<typeof findMembership>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<MemberRow | null> {
    return await findMembership(sharedContext, input)
  }
}
