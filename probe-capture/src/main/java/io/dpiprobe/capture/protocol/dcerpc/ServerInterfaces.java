// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import java.util.List;

/** Lists the interfaces of DHCP servers, terminal servers and mail servers. */
final class ServerInterfaces {
    static final List<RpcInterface> ALL = List.of(
            // [MS-DHCPM], 3.1.4
            RpcInterface.of("dhcpsrv", "6bffd098-a112-3610-9833-46c3f874532d", """
                    R_DhcpCreateSubnet R_DhcpSetSubnetInfo R_DhcpGetSubnetInfo R_DhcpEnumSubnets
                    R_DhcpAddSubnetElement R_DhcpEnumSubnetElements R_DhcpRemoveSubnetElement R_DhcpDeleteSubnet
                    R_DhcpCreateOption R_DhcpSetOptionInfo R_DhcpGetOptionInfo R_DhcpRemoveOption
                    R_DhcpSetOptionValue R_DhcpGetOptionValue R_DhcpEnumOptionValues R_DhcpRemoveOptionValue
                    R_DhcpCreateClientInfo R_DhcpSetClientInfo R_DhcpGetClientInfo R_DhcpDeleteClientInfo
                    R_DhcpEnumSubnetClients R_DhcpGetClientOptions R_DhcpGetMibInfo R_DhcpEnumOptions
                    R_DhcpSetOptionValues R_DhcpServerSetConfig R_DhcpServerGetConfig R_DhcpScanDatabase
                    R_DhcpGetVersion R_DhcpAddSubnetElementV4 R_DhcpEnumSubnetElementsV4
                    R_DhcpRemoveSubnetElementV4 R_DhcpCreateClientInfoV4 R_DhcpSetClientInfoV4
                    R_DhcpGetClientInfoV4 R_DhcpEnumSubnetClientsV4 R_DhcpSetSuperScopeV4
                    R_DhcpGetSuperScopeInfoV4 R_DhcpDeleteSuperScopeV4 R_DhcpServerSetConfigV4
                    R_DhcpServerGetConfigV4
                    """),
            // [MS-TSTS], 3.3.4
            RpcInterface.of("TermSrvSession", "484809d6-4239-471b-b5bc-61df8c23ac48", """
                    RpcOpenSession RpcCloseSession RpcConnect RpcDisconnect RpcLogoff
                    """),
            RpcInterface.of("TermSrvEnumeration", "88143fd0-c28d-4b2b-8fef-8d882f6a9390", """
                    RpcOpenEnum RpcCloseEnum RpcFilterByState RpcFilterByCallersName RpcEnumAddFilter
                    RpcGetEnumResult
                    """),
            // [MS-NSPI], 3.1.4
            RpcInterface.of("nspi", "f5cc5a18-4264-101a-8c59-08002b2f8426", """
                    NspiBind NspiUnbind NspiUpdateStat NspiQueryRows NspiSeekEntries NspiGetMatches
                    NspiResortRestriction NspiDNToMId NspiGetPropList NspiGetProps NspiCompareMIds NspiModProps
                    NspiGetSpecialTable NspiGetTemplateInfo NspiModLinkAtt - NspiQueryColumns -2 NspiResolveNames
                    NspiResolveNamesW
                    """),
            // [MS-OXCRPC], 3.1.4
            RpcInterface.of("emsmdb", "a4f1db00-ca47-1067-b31f-00dd010662da", """
                    EcDoConnect EcDoDisconnect EcDoRpc EcGetMoreRpc EcRRegisterPushNotification
                    EcRUnregisterPushNotification EcDummyRpc EcRGetDCName EcRNetGetDCName EcDoRpcExt EcDoConnectEx
                    EcDoRpcExt2 - - EcDoAsyncConnectEx
                    """));

    private ServerInterfaces() {}
}
