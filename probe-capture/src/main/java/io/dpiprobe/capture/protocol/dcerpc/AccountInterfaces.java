// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import java.util.List;

/** Lists the interfaces of accounts, policy, domain controllers, and what else a domain stands on. */
final class AccountInterfaces {
    static final List<RpcInterface> ALL = List.of(
            // [MS-SAMR], 3.1.5
            RpcInterface.of("samr", "12345778-1234-abcd-ef00-0123456789ac", """
                    SamrConnect SamrCloseHandle SamrSetSecurityObject SamrQuerySecurityObject -
                    SamrLookupDomainInSamServer SamrEnumerateDomainsInSamServer SamrOpenDomain
                    SamrQueryInformationDomain SamrSetInformationDomain SamrCreateGroupInDomain
                    SamrEnumerateGroupsInDomain SamrCreateUserInDomain SamrEnumerateUsersInDomain
                    SamrCreateAliasInDomain SamrEnumerateAliasesInDomain SamrGetAliasMembership
                    SamrLookupNamesInDomain SamrLookupIdsInDomain SamrOpenGroup SamrQueryInformationGroup
                    SamrSetInformationGroup SamrAddMemberToGroup SamrDeleteGroup SamrRemoveMemberFromGroup
                    SamrGetMembersInGroup SamrSetMemberAttributesOfGroup SamrOpenAlias SamrQueryInformationAlias
                    SamrSetInformationAlias SamrDeleteAlias SamrAddMemberToAlias SamrRemoveMemberFromAlias
                    SamrGetMembersInAlias SamrOpenUser SamrDeleteUser SamrQueryInformationUser
                    SamrSetInformationUser SamrChangePasswordUser SamrGetGroupsForUser SamrQueryDisplayInformation
                    SamrGetDisplayEnumerationIndex -2 SamrGetUserDomainPasswordInformation
                    SamrRemoveMemberFromForeignDomain SamrQueryInformationDomain2 SamrQueryInformationUser2
                    SamrQueryDisplayInformation2 SamrGetDisplayEnumerationIndex2 SamrCreateUser2InDomain
                    SamrQueryDisplayInformation3 SamrAddMultipleMembersToAlias SamrRemoveMultipleMembersFromAlias
                    SamrOemChangePasswordUser2 SamrUnicodeChangePasswordUser2 SamrGetDomainPasswordInformation
                    SamrConnect2 SamrSetInformationUser2 -3 SamrConnect4 - SamrConnect5 SamrRidToSid
                    SamrSetDSRMPassword SamrValidatePassword -5 SamrUnicodeChangePasswordUser4
                    """),
            // [MS-LSAD], 3.1.4 and [MS-LSAT], 3.1.4
            RpcInterface.of("lsarpc", "12345778-1234-abcd-ef00-0123456789ab", """
                    LsarClose - LsarEnumeratePrivileges LsarQuerySecurityObject LsarSetSecurityObject -
                    LsarOpenPolicy LsarQueryInformationPolicy LsarSetInformationPolicy - LsarCreateAccount
                    LsarEnumerateAccounts LsarCreateTrustedDomain LsarEnumerateTrustedDomains LsarLookupNames
                    LsarLookupSids LsarCreateSecret LsarOpenAccount LsarEnumeratePrivilegesAccount
                    LsarAddPrivilegesToAccount LsarRemovePrivilegesFromAccount -2 LsarGetSystemAccessAccount
                    LsarSetSystemAccessAccount LsarOpenTrustedDomain LsarQueryInfoTrustedDomain
                    LsarSetInformationTrustedDomain LsarOpenSecret LsarSetSecret LsarQuerySecret
                    LsarLookupPrivilegeValue LsarLookupPrivilegeName LsarLookupPrivilegeDisplayName
                    LsarDeleteObject LsarEnumerateAccountsWithUserRight LsarEnumerateAccountRights
                    LsarAddAccountRights LsarRemoveAccountRights LsarQueryTrustedDomainInfo
                    LsarSetTrustedDomainInfo LsarDeleteTrustedDomain LsarStorePrivateData LsarRetrievePrivateData
                    LsarOpenPolicy2 LsarGetUserName LsarQueryInformationPolicy2 LsarSetInformationPolicy2
                    LsarQueryTrustedDomainInfoByName LsarSetTrustedDomainInfoByName LsarEnumerateTrustedDomainsEx
                    LsarCreateTrustedDomainEx - LsarQueryDomainInformationPolicy LsarSetDomainInformationPolicy
                    LsarOpenTrustedDomainByName - LsarLookupSids2 LsarLookupNames2 LsarCreateTrustedDomainEx2 -8
                    LsarLookupNames3 -4 LsarQueryForestTrustInformation LsarSetForestTrustInformation -
                    LsarLookupSids3 LsarLookupNames4
                    """),
            // [MS-DSSP], 3.2.5
            RpcInterface.of("dssetup", "3919286a-b10c-11d0-9ba8-00c04fd92ef5", "DsRolerGetPrimaryDomainInformation"),
            // [MS-DRSR], 4.1 and 4.2
            RpcInterface.of("drsuapi", "e3514235-4b06-11d1-ab04-00c04fc2dcd2", """
                    IDL_DRSBind IDL_DRSUnbind IDL_DRSReplicaSync IDL_DRSGetNCChanges IDL_DRSUpdateRefs
                    IDL_DRSReplicaAdd IDL_DRSReplicaDel IDL_DRSReplicaModify IDL_DRSVerifyNames
                    IDL_DRSGetMemberships IDL_DRSInterDomainMove IDL_DRSGetNT4ChangeLog IDL_DRSCrackNames
                    IDL_DRSWriteSPN IDL_DRSRemoveDsServer IDL_DRSRemoveDsDomain IDL_DRSDomainControllerInfo
                    IDL_DRSAddEntry IDL_DRSExecuteKCC IDL_DRSGetReplInfo IDL_DRSAddSidHistory
                    IDL_DRSGetMemberships2 IDL_DRSReplicaVerifyObjects IDL_DRSGetObjectExistence
                    IDL_DRSQuerySitesByCost IDL_DRSInitDemotion IDL_DRSReplicaDemotion IDL_DRSFinishDemotion
                    IDL_DRSAddCloneDC IDL_DRSWriteNgcKey IDL_DRSReadNgcKey
                    """),
            RpcInterface.of(
                    "dsaop", "7c44d7d4-31d5-424c-bd5e-2b3e1f323d22", "IDL_DSAPrepareScript IDL_DSAExecuteScript"),
            // [MS-NRPC], 3.5.4
            RpcInterface.of("netlogon", "12345678-1234-abcd-ef00-01234567cffb", """
                    NetrLogonUasLogon NetrLogonUasLogoff NetrLogonSamLogon NetrLogonSamLogoff
                    NetrServerReqChallenge NetrServerAuthenticate NetrServerPasswordSet NetrDatabaseDeltas
                    NetrDatabaseSync NetrAccountDeltas NetrAccountSync NetrGetDCName NetrLogonControl
                    NetrGetAnyDCName NetrLogonControl2 NetrServerAuthenticate2 NetrDatabaseSync2 NetrDatabaseRedo
                    NetrLogonControl2Ex NetrEnumerateTrustedDomains DsrGetDcName NetrLogonGetCapabilities
                    NetrLogonSetServiceBits NetrLogonGetTrustRid NetrLogonComputeServerDigest
                    NetrLogonComputeClientDigest NetrServerAuthenticate3 DsrGetDcNameEx DsrGetSiteName
                    NetrLogonGetDomainInfo NetrServerPasswordSet2 NetrServerPasswordGet NetrLogonSendToSam
                    DsrAddressToSiteNamesW DsrGetDcNameEx2 NetrLogonGetTimeServiceParentDomain
                    NetrEnumerateTrustedDomainsEx DsrAddressToSiteNamesExW DsrGetDcSiteCoverageW
                    NetrLogonSamLogonEx DsrEnumerateDomainTrusts DsrDeregisterDnsHostRecords
                    NetrServerTrustPasswordsGet DsrGetForestTrustInformation NetrGetForestTrustInformation
                    NetrLogonSamLogonWithFlags NetrServerGetTrustInfo - DsrUpdateReadOnlyServerDnsRecords
                    NetrChainSetClientAttributes
                    """),
            // [MS-BKRP], 3.1.4
            RpcInterface.of("BackupKey", "3dde7c30-165d-11d1-ab8f-00805f14db40", "BackuprKey"),
            // [MS-DNSP], 3.1.4
            RpcInterface.of("DnsServer", "50abc2a4-574d-40b3-9d66-ee4fd5fba076", """
                    R_DnssrvOperation R_DnssrvQuery R_DnssrvComplexOperation R_DnssrvEnumRecords
                    R_DnssrvUpdateRecord R_DnssrvOperation2 R_DnssrvQuery2 R_DnssrvComplexOperation2
                    R_DnssrvEnumRecords2 R_DnssrvUpdateRecord2
                    """),
            // [MS-ICPR], 3.2.4
            RpcInterface.of("ICertPassage", "91ae6020-9e3c-11cf-8d7c-00aa00c091be", "CertServerRequest"));

    private AccountInterfaces() {}
}
