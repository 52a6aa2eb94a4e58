// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import java.util.List;

/** Lists the interfaces of the endpoint mapper, of remote objects (DCOM), and of Windows Management Instrumentation. */
final class ObjectInterfaces {
    static final List<RpcInterface> ALL = List.of(
            // C706, appendix O and appendix Q
            RpcInterface.of("epmapper", "e1af8308-5d1f-11c9-91a4-08002b14a0fa", """
                    ept_insert ept_delete ept_lookup ept_map ept_lookup_handle_free ept_inq_object ept_mgmt_delete
                    """),
            RpcInterface.of("mgmt", "afa8bd80-7d8a-11c9-bef4-08002b102989", """
                    rpc__mgmt_inq_if_ids rpc__mgmt_inq_stats rpc__mgmt_is_server_listening
                    rpc__mgmt_stop_server_listening rpc__mgmt_inq_princ_name
                    """),
            // [MS-DCOM], 3.1.2.5; the first three operations of an object are IUnknown's and never sent
            RpcInterface.of(
                    "IRemoteSCMActivator",
                    "000001a0-0000-0000-c000-000000000046",
                    "-3 RemoteGetClassObject RemoteCreateInstance"),
            RpcInterface.of("IActivation", "4d9f4ab8-7d1c-11cf-861e-0020af6e7c57", "RemoteActivation"),
            RpcInterface.of(
                    "IObjectExporter",
                    "99fcfec4-5260-101b-bbcb-00aa0021347a",
                    "ResolveOxid SimplePing ComplexPing ServerAlive ResolveOxid2 ServerAlive2"),
            RpcInterface.of(
                    "IRemUnknown", "00000131-0000-0000-c000-000000000046", "-3 RemQueryInterface RemAddRef RemRelease"),
            RpcInterface.of(
                    "IRemUnknown2",
                    "00000143-0000-0000-c000-000000000046",
                    "-3 RemQueryInterface RemAddRef RemRelease RemQueryInterface2"),
            // [MS-OAUT], 3.1.4
            RpcInterface.of(
                    "IDispatch",
                    "00020400-0000-0000-c000-000000000046",
                    "-3 GetTypeInfoCount GetTypeInfo GetIDsOfNames Invoke"),
            // [MS-WMI], 3.1.4
            RpcInterface.of(
                    "IWbemLevel1Login",
                    "f309ad18-d86a-11d0-a075-00c04fb68820",
                    "-3 EstablishPosition RequestChallenge WBEMLogin NTLMLogin"),
            RpcInterface.of("IWbemLoginClientID", "d4781cd6-e5d3-44df-ad94-930efe48a887", "-3 SetClientInfo"),
            RpcInterface.of("IWbemServices", "9556dc99-828c-11cf-a37e-00aa003240c7", """
                    -3 OpenNamespace CancelAsyncCall QueryObjectSink GetObject GetObjectAsync PutClass PutClassAsync
                    DeleteClass DeleteClassAsync CreateClassEnum CreateClassEnumAsync PutInstance PutInstanceAsync
                    DeleteInstance DeleteInstanceAsync CreateInstanceEnum CreateInstanceEnumAsync ExecQuery
                    ExecQueryAsync ExecNotificationQuery ExecNotificationQueryAsync ExecMethod ExecMethodAsync
                    """),
            RpcInterface.of(
                    "IEnumWbemClassObject",
                    "027947e1-d731-11ce-a357-000000000001",
                    "-3 Reset Next NextAsync Clone Skip"),
            RpcInterface.of("IWbemFetchSmartEnum", "1c1c45ee-4395-11d2-b60b-00104b703efd", "-3 GetSmartEnum"),
            RpcInterface.of("IWbemWCOSmartEnum", "423ec01e-2e35-11d2-b604-00104b703efd", "-3 Next"));

    private ObjectInterfaces() {}
}
